import type { AuthDatabase } from '@hikyaku/db';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { organization } from 'better-auth/plugins';
import { v7 as uuidv7 } from 'uuid';
import { findFirstMembership } from './find-caller.ts';
import { accessControl, roles } from './roles.ts';

export const shortestPassword = 12;
const sessionSeconds = 12 * 60 * 60;
const sessionRenewalSeconds = 15 * 60;

export type Auth = ReturnType<typeof createAuth>;

/** Sign-in by e-mail and password. Accounts are made by accepting an invitation, never by signing up. */
export function createAuth(options: { database: AuthDatabase; portalUrl: string; secret: string }) {
  return betterAuth({
    appName: 'Hikyaku',
    baseURL: options.portalUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: [new URL(options.portalUrl).origin],
    telemetry: { enabled: false },
    database: prismaAdapter(options.database, { provider: 'postgresql', transaction: true }),
    user: {
      modelName: 'person',
      additionalFields: {
        isPlatformAdministrator: { type: 'boolean', input: false, defaultValue: false },
        locale: { type: 'string', input: false, defaultValue: 'ja' },
      },
    },
    session: {
      fields: { userId: 'personId' },
      expiresIn: sessionSeconds,
      updateAge: sessionRenewalSeconds,
    },
    account: { fields: { userId: 'personId' } },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: shortestPassword },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'rateLimit',
      window: 60,
      max: 300,
      // A whole office may sit behind one address; a guesser still gets nowhere with 30 a minute.
      customRules: { '/sign-in/email': { window: 60, max: 30 } },
    },
    // Members and invitations are changed through our own procedures, which audit and check roles in one place.
    disabledPaths: disabledOrganizationPaths,
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const membership = await findFirstMembership(options.database, session.userId);
            return { data: { ...session, activeOrganizationId: membership?.organizationId ?? null } };
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'hikyaku',
      useSecureCookies: options.portalUrl.startsWith('https:'),
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
    plugins: [
      organization({
        ac: accessControl,
        roles,
        creatorRole: 'administrator',
        allowUserToCreateOrganization: false,
        schema: {
          member: { modelName: 'membership', fields: { userId: 'personId' } },
          organization: {
            additionalFields: { timeZone: { type: 'string', input: false, defaultValue: 'Asia/Tokyo' } },
          },
        },
      }),
    ],
  });
}

const disabledOrganizationPaths = [
  'create',
  'update',
  'delete',
  'invite-member',
  'accept-invitation',
  'reject-invitation',
  'cancel-invitation',
  'get-invitation',
  'list-invitations',
  'list-user-invitations',
  'add-member',
  'remove-member',
  'update-member-role',
  'leave',
  'list-members',
  'get-full-organization',
  'get-active-member',
  'get-active-member-role',
  'check-slug',
  'has-permission',
].map((path) => `/organization/${path}`);
