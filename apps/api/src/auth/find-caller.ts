import type { AuthDatabase, OrganizationScope } from '@hikyaku/db';
import { HikyakuError, hasRole, type OrganizationRole } from '@hikyaku/types';
import { APIError } from 'better-auth';
import type { Auth } from './create-auth.ts';

/** Who is asking, in which organization, with which role: read anew for every request. */
export interface Caller {
  person: { id: string; name: string; email: string };
  organization: { id: string; name: string; slug: string; timeZone: string };
  role: OrganizationRole;
  isPlatformAdministrator: boolean;
  scope: OrganizationScope;
}

/** Undefined without a session, with an expired one, or for somebody who is no member of any organization any more. */
export async function findCaller(
  auth: Auth,
  database: AuthDatabase,
  headers: Headers,
  setCookie: (cookie: string) => void,
): Promise<Caller | undefined> {
  const { headers: answered, response: found } = await findSession(auth, headers);
  // A session that was renewed in the database must be in the browser too.
  for (const cookie of answered.getSetCookie()) setCookie(cookie);
  if (!found) return undefined;
  const active = found.session.activeOrganizationId;
  const membership =
    (active ? await findMembership(database, found.user.id, active) : null) ??
    (await findFirstMembership(database, found.user.id));
  if (!membership) return undefined;
  const { id, name, slug, timeZone } = membership.organization;
  return {
    person: { id: found.user.id, name: found.user.name, email: found.user.email },
    organization: { id, name, slug, timeZone },
    role: membership.role,
    isPlatformAdministrator: found.user.isPlatformAdministrator,
    scope: { organizationId: id, actorId: found.user.id },
  };
}

/**
 * Whether somebody who opened a stream may still read it: their session lives, and they are a member of the same
 * organization with at least the role it asked for.
 */
export async function mayStillRead(
  caller: Caller,
  role: OrganizationRole,
  findCallerAgain: () => Promise<Caller | undefined>,
): Promise<boolean> {
  const now = await findCallerAgain();
  return now !== undefined && now.organization.id === caller.organization.id && hasRole(now.role, role);
}

/**
 * @throws HikyakuError database-unavailable: a session is looked up in the database and nowhere else, and better-auth hides
 * what went wrong there
 */
async function findSession(auth: Auth, headers: Headers) {
  try {
    return await auth.api.getSession({ headers, returnHeaders: true });
  } catch (error) {
    if (error instanceof APIError && error.statusCode >= 500) {
      throw new HikyakuError('database-unavailable', { retriable: true, cause: error });
    }
    throw error;
  }
}

/** The organization somebody joined first: active after sign-in. */
export function findFirstMembership(database: AuthDatabase, personId: string) {
  return database.membership.findFirst({
    where: { personId },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    include: { organization: true },
  });
}

function findMembership(database: AuthDatabase, personId: string, organizationId: string) {
  return database.membership.findUnique({
    where: { organizationId_personId: { organizationId, personId } },
    include: { organization: true },
  });
}
