import { policyText } from '../match/policy-text.ts';

type Signs = 'any' | 'segment';
/** One given sign, one of a kind, or any number of a kind. */
type Token = { kind: 'text'; text: string } | { kind: 'one' | 'many'; of: Signs };

/**
 * Whether one of a statement's resources could be one that a template such as `arn:${Partition}:s3:::${BucketName}/${ObjectName}`
 * stands for. A variable of the template stands for one or more signs, of which none is a `/` or `:` but in names that have
 * such (an object's key, a role's path). What was found of a template is remembered.
 */
export function templateMatcher(resources: readonly string[]): (template: string) => boolean {
  const tokens = resources.map(resourceTokens);
  const known = new Map<string, boolean>();
  return (template) => {
    const found = known.get(template) ?? tokens.some((resource) => overlap(resource, templateTokens(template)));
    known.set(template, found);
    return found;
  };
}

const free = /ObjectName|NameWithPath|LogGroupName|LogStreamName|Token|Operation|ConfigId/;

function templateTokens(template: string): Token[] {
  return template.split(/(\$\{[A-Za-z]+\})/).flatMap((part): Token[] => {
    if (!part.startsWith('${')) return letters(part);
    const of = free.test(part) ? 'any' : 'segment';
    return [
      { kind: 'one', of },
      { kind: 'many', of },
    ];
  });
}

/** A policy's variable may stand for anything. */
function resourceTokens(resource: string): Token[] {
  return policyText(resource, { wildcards: true, variables: true }).flatMap((part): Token[] => {
    if (part.kind === 'text') return letters(part.text);
    return [{ kind: part.kind === 'one' ? 'one' : 'many', of: 'any' }];
  });
}

function letters(text: string): Token[] {
  return Array.from({ length: text.length }, (_, index) => ({ kind: 'text', text: text.charAt(index) }));
}

/** Whether two patterns have a text in common: asked of what is left of both, from their ends on. */
function overlap(one: readonly Token[], other: readonly Token[]): boolean {
  let later = new Uint8Array(other.length + 2);
  let row = new Uint8Array(other.length + 2);
  for (let at = one.length; at >= 0; at -= 1) {
    const token = one[at];
    row.fill(0);
    for (let against = other.length; against >= 0; against -= 1) {
      const isFound = restOverlaps(token, other[against], {
        withoutToken: later[against] === 1,
        withoutAgainst: row[against + 1] === 1,
        withoutBoth: later[against + 1] === 1,
      });
      row[against] = Number(isFound);
    }
    [later, row] = [row, later];
  }
  return later[0] === 1;
}

function restOverlaps(
  token: Token | undefined,
  against: Token | undefined,
  rest: { withoutToken: boolean; withoutAgainst: boolean; withoutBoth: boolean },
): boolean {
  if (!token && !against) return true;
  const isMany = token?.kind === 'many';
  const isManyAgainst = against?.kind === 'many';
  // What stands for any number may stand for none, or for what the other has next and go on.
  if (isMany && (rest.withoutToken || (against && (isManyAgainst || agree(token, against)) && rest.withoutAgainst))) {
    return true;
  }
  if (isManyAgainst && (rest.withoutAgainst || (token && agree(token, against) && rest.withoutToken))) return true;
  if (isMany || isManyAgainst || !token || !against) return false;
  return agree(token, against) && rest.withoutBoth;
}

function agree(token: Token, against: Token): boolean {
  if (token.kind === 'text')
    return against.kind === 'text' ? token.text === against.text : isOf(token.text, against.of);
  return against.kind === 'text' ? isOf(against.text, token.of) : true;
}

function isOf(sign: string, of: Signs): boolean {
  return of === 'any' || (sign !== '/' && sign !== ':');
}
