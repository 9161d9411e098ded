import type { AuthDatabase, OrganizationScope } from '@hikyaku/db';
import type { OrganizationRole } from '@hikyaku/types';
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
export async function findCaller(auth: Auth, database: AuthDatabase, headers: Headers): Promise<Caller | undefined> {
  const found = await auth.api.getSession({ headers });
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
    isPlatformAdministrator: found.user.isPlatformAdministrator === true,
    scope: { organizationId: id, actorId: found.user.id },
  };
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
