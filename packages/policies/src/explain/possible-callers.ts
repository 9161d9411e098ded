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
  const written = namesIn(policies);
  if (!callerArn.includes(':assumed-role/')) {
    const sessionNames = new Set([principal.sessionName, ...written.flatMap((value) => sessionNamesOf(value, name))]);
    return [...sessionNames].map((sessionName) => ({ ...principal, sessionName }));
  }
  const root = roleArn.slice(0, -name.length);
  const open = written.filter((value) => /[*?]/.test(value)).flatMap(foldersOf);
  const folders = new Set([
    '',
    ...written.flatMap(foldersOf),
    // What one wildcard leaves open another may want.
    ...open.flatMap((folder) => open.map((other) => `${folder}${other}`)),
    ...(name.startsWith('AWSServiceRoleFor') ? ['aws-service-role/example.amazonaws.com/'] : []),
    'a-folder-that-nobody-names/',
  ]);
  return [...folders].map((folder) => ({ ...principal, roleArn: `${root}${folder}${name}` }));
}

/** Whatever may name a role or a session. */
function namesIn(policies: AccessPolicies): string[] {
  const statements = policiesIn(policies).flatMap(({ policy }) => policy.statements);
  const grantees = policies.grants?.map(({ granteePrincipal }) => granteePrincipal) ?? [];
  return [...new Set([...statements.flatMap(valuesOf), ...grantees])];
}

/** In a principal, or in what a condition wants. */
function valuesOf({ principals, conditions }: PolicyStatement): string[] {
  const elements = [...(principals?.values ?? []), ...conditions.flatMap(({ values }) => values)];
  return elements.map(({ value }) => value);
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
