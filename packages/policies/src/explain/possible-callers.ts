import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { RequestPrincipal } from '../evaluate/access-request.ts';
import { policiesIn } from '../evaluate/policies-in.ts';
import { lastStep } from '../evaluate/requester.ts';
import type { PolicyStatement } from '../policy/policy.ts';

/**
 * Whom a caller's name may stand for: the ARN of a session doesn't tell its role's path, so the role may lie in any folder that the
 * policies speak of. The first one is the role without a path.
 */
export function possibleCallers(
  principal: RequestPrincipal,
  callerArn: string,
  policies: AccessPolicies,
): RequestPrincipal[] {
  if (principal.kind !== 'role-session' || !callerArn.includes(':assumed-role/')) return [principal];
  const { roleArn } = principal;
  const name = lastStep(roleArn);
  const root = roleArn.slice(0, -name.length);
  const written = policiesIn(policies).flatMap(({ policy }) => policy.statements.flatMap(valuesOf));
  const folders = new Set(['', ...written.flatMap(foldersOf)]);
  return [...folders].map((folder) => ({ ...principal, roleArn: `${root}${folder}${name}` }));
}

/** What may name a role: in a principal, or in what a condition wants. */
function valuesOf({ principals, conditions }: PolicyStatement): string[] {
  const elements = [...(principals?.values ?? []), ...conditions.flatMap(({ values }) => values)];
  return elements.map(({ value }) => value);
}

/** `a/b/` of `…:role/a/b/name`; of `…:role/a/b*` that with which it begins, too. */
function foldersOf(value: string): string[] {
  const written = /(?<!assumed-)role\/(.*)$/.exec(value)?.[1];
  if (written === undefined) return [];
  const folder = written.slice(0, written.lastIndexOf('/') + 1).replaceAll(/[*?]/g, 'x');
  const open = written.search(/[*?]/);
  const before = open === -1 ? '' : written.slice(0, open).replace(/[^/]$/, '$&/');
  return [folder, before];
}
