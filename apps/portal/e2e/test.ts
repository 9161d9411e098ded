import { type BrowserContext, type BrowserContextOptions, test as base, request } from '@playwright/test';
import { e2eEnv, type Person } from './env.ts';
import { waitForScripts } from './wait-for-scripts.ts';

type Session = Exclude<BrowserContextOptions['storageState'], string | undefined>;

interface Fixtures {
  /** A browser of somebody who has signed in, in a language. */
  as: (person: Person, options?: { locale?: 'ja' | 'en' } & BrowserContextOptions) => Promise<BrowserContext>;
}

// Signing in is limited by the minute: each person does it once.
const sessions = new Map<string, Promise<Session>>();

export const test = base.extend<Fixtures>({
  as: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (person, { locale = 'en', ...options } = {}) => {
      const session = sessions.get(person.email) ?? beginSession(person);
      sessions.set(person.email, session);
      const context = await browser.newContext({ storageState: await session, locale, ...options });
      waitForScripts(context);
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

async function beginSession({ email, password }: Person): Promise<Session> {
  const { portalUrl } = e2eEnv().stack;
  const client = await request.newContext({ baseURL: portalUrl, extraHTTPHeaders: { origin: portalUrl } });
  const answer = await client.post('/api/auth/sign-in/email', { data: { email, password } });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()}`);
  const session = await client.storageState();
  await client.dispose();
  return session;
}

export { type Browser, expect, type Page, type Worker } from '@playwright/test';
