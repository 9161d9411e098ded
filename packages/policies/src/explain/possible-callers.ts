import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { RequestPrincipal } from '../evaluate/access-request.ts';
import { policiesIn } from '../evaluate/policies-in.ts';
import { lastStep } from '../evaluate/requester.ts';
import type { PolicyStatement } from '../policy/policy.ts';

/**
 * Whom a caller's name may stand for. The ARN of a session doesn't tell its role's path: the role may lie in any folder that the
 * policies speak of, or in another; the first one is the role without a path. The ARN of a role doesn't tell the session's name.
 */
export function possibleCallers(
  principal: RequestPrincipal,
  callerArn: string,
  policies: AccessPolicies,
): RequestPrincipal[] {
  if (principal.kind !== 'role-session') return [principal];
  const { roleArn } = principal;
  const name = lastStep(roleArn);
  const named = namesIn(policies);
  if (!isSession(callerArn)) {
    const sessionNames = new Set([principal.sessionName, ...named.flatMap((value) => sessionNamesOf(value, name))]);
    return [...sessionNames].map((sessionName) => ({ ...principal, sessionName }));
  }
  const root = roleArn.slice(0, -name.length);
  const isGuessed = guessedCallerKeys(callerArn, policies).length > 0;
  const conditioned = isGuessed ? [] : conditionedArns(policies);
  const open = conditioned.filter(isOpen).flatMap(foldersOf);
  const folders = new Set([
    '',
    ...[...named, ...conditioned].flatMap(foldersOf),
    // What one wildcard leaves open another may want.
    ...open.flatMap((folder) => open.map((other) => `${folder}${other}`)),
    ...(name.startsWith('AWSServiceRoleFor') ? ['aws-service-role/example.amazonaws.com/'] : []),
    'a-folder-that-nobody-names/',
  ]);
  return [...folders].map((folder) => ({ ...principal, roleArn: `${root}${folder}${name}` }));
}

/** Condition keys in lower case that no caller who is tried stands for: the policies know more patterns of them than are put together. */
export function guessedCallerKeys(callerArn: string, policies: AccessPolicies): string[] {
  if (!isSession(callerArn)) return [];
  return conditionedArns(policies).filter(isOpen).length > maxOpenPatterns ? [principalArnKey] : [];
}

const principalArnKey = 'aws:principalarn';
/** Folders that two of them want are tried, made of both; what more of them want together is not. */
const maxOpenPatterns = 2;

/** The ARN of a session, which doesn't tell its role's path. */
function isSession(callerArn: string): boolean {
  return callerArn.includes(':assumed-role/');
}

/** A pattern whose wildcards reach into the path of a role. */
function isOpen(value: string): boolean {
  return /[*?]/.test(value.replace(/^arn:[^/]*:role\//, ''));
}

/** Whoever principals and grants name. */
function namesIn(policies: AccessPolicies): string[] {
  const principals = statementsIn(policies).flatMap((statement) => statement.principals?.values ?? []);
  const grantees = policies.grants?.map(({ granteePrincipal }) => granteePrincipal) ?? [];
  return [...principals.map(({ value }) => value), ...grantees];
}

/** What conditions say of the caller's ARN, each once. */
function conditionedArns(policies: AccessPolicies): string[] {
  const conditions = statementsIn(policies).flatMap((statement) => statement.conditions);
  const ofCaller = conditions.filter(({ key }) => key.toLowerCase() === principalArnKey);
  return [...new Set(ofCaller.flatMap(({ values }) => values.map(({ value }) => value)))];
}

function statementsIn(policies: AccessPolicies): PolicyStatement[] {
  return policiesIn(policies).flatMap(({ policy }) => policy.statements);
}

function sessionNamesOf(value: string, roleName: string): string[] {
  const [, role, sessionName] = /:assumed-role\/([^/]+)\/([^/]+)$/.exec(value) ?? [];
  return role === roleName && sessionName !== undefined ? [sessionName] : [];
}

/** `a/b/` of `…:role/a/b/name`. The last slash may also be one that a wildcard stands for. */
function foldersOf(value: string): string[] {
  const written = /(?<!assumed-)role\/(.*)$/.exec(value)?.[1] ?? /[*?].*$/.exec(value)?.[0];
  if (written === undefined) return [];
  return [...written.matchAll(/[/*?]/g)].map(({ index }) => {
    const before = written.slice(0, index).replaceAll(/[*?]/g, 'x');
    return before === '' || before.endsWith('/') ? before : `${before}/`;
  });
}
