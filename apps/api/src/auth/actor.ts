import type { ApiToken, OrganizationProfile, OrganizationScope } from '@hikyaku/db';

/** On whose behalf something is done: a person with a session, or a script with a token. */
export interface Actor {
  organization: OrganizationProfile;
  /** Its `actorId` is the person's or the token's: timeline and audit trail name who it was. */
  scope: OrganizationScope;
  /** Absent for a person. */
  token?: ApiToken;
}
