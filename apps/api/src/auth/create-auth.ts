import type { AuthDatabase } from '@hikyaku/db';
import type { Logger } from '@hikyaku/telemetry';
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { organization } from 'better-auth/plugins';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { SessionListener, SessionOfPerson } from './audit-sessions.ts';
import { findFirstMembership } from './find-caller.ts';
import { hashSessionTokens } from './hash-session-tokens.ts';
import { accessControl, roles } from './roles.ts';

export const shortestPassword = 12;
const sessionSeconds = 12 * 60 * 60;
const sessionRenewalSeconds = 15 * 60;

/** Set by our own server from the connection: what a client says of its address is not believed. */
export const clientAddressHeader = 'x-hikyaku-client-address';

export type Auth = ReturnType<typeof createAuth>;

/** Sign-in by e-mail and password. Accounts are made by accepting an invitation, never by signing up. */
export function createAuth(options: {
  database: AuthDatabase;
  portalUrl: string;
  secret: string;
  sessions: SessionListener;
  logger: Logger;
}) {
  return betterAuth({
    appName: 'Hikyaku',
    baseURL: options.portalUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: [new URL(options.portalUrl).origin],
    telemetry: { enabled: false },
    logger: { log: (level, message) => options.logger[level]({ component: 'better-auth' }, message) },
    database: hashSessionTokens(prismaAdapter(options.database, { provider: 'postgresql', transaction: true })),
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
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const membership = await findFirstMembership(options.database, session.userId);
            return { data: { ...session, activeOrganizationId: membership?.organizationId ?? null } };
          },
          after: (session) => options.sessions.signedIn(ofPerson(session)),
        },
        delete: {
          after: async (session, context) => {
            // An expired session is deleted too, when somebody comes with it.
            if (context?.path === '/sign-out') await options.sessions.signedOut(ofPerson(session));
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'hikyaku',
      useSecureCookies: options.portalUrl.startsWith('https:'),
      database: { generateId: () => uuidv7() },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
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

const activeOrganization = z.object({ activeOrganizationId: z.string().nullish() });

function ofPerson(session: { id: string; userId: string }): SessionOfPerson {
  const { activeOrganizationId } = activeOrganization.parse(session);
  return { id: session.id, personId: session.userId, organizationId: activeOrganizationId ?? null };
}
