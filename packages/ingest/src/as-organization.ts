import type { DatabaseClient } from './database-client.ts';
import { isInTransaction } from './in-transaction.ts';

/** What the statements of one call depend on, whatever the server's or the role's defaults are. */
export interface SessionSettings {
  role: string;
  /** Zone of timestamps without an offset. */
  timeZone?: string;
  /** Longest wait for one lock. */
  lockTimeoutSeconds?: number;
  workMemMegabytes?: number;
}

/**
 * Runs `work` under the organization's role, within the transaction that is open, and puts role and settings back
 * afterwards, so that the caller's next statement in the same transaction runs as before.
 */
export async function asOrganization<T>(
  client: DatabaseClient,
  settings: SessionSettings,
  work: () => Promise<T>,
): Promise<T> {
  if (!isInTransaction(client)) throw new Error('a transaction must be open: the role is set for it alone');
  const wanted = wantedSettings(settings);
  const names = Object.keys(wanted);
  const before = await client.query<[string[]]>({
    text: `SELECT array(SELECT current_setting(name) FROM unnest($1::text[]) WITH ORDINALITY AS s (name, i) ORDER BY i)`,
    values: [names],
    rowMode: 'array',
  });
  const putBack = () => setLocally(client, names, before.rows[0]?.[0] ?? []);
  await setLocally(client, names, Object.values(wanted));
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // Refused where the error ended the transaction; the rollback then puts everything back.
    await putBack().catch(() => undefined);
    throw error;
  }
  await putBack();
  return result;
}

/** The same for all that is left of the transaction that is open. */
export async function asOrganizationUntilEnd(client: DatabaseClient, settings: SessionSettings): Promise<void> {
  const wanted = wantedSettings(settings);
  await setLocally(client, Object.keys(wanted), Object.values(wanted));
}

function wantedSettings(settings: SessionSettings) {
  return {
    DateStyle: 'ISO, YMD',
    TimeZone: settings.timeZone ?? 'Asia/Tokyo',
    lock_timeout: `${settings.lockTimeoutSeconds ?? 60}s`,
    // A stage lasts as long as its file; the claim, not a timeout, decides when to give up.
    statement_timeout: '0',
    work_mem: `${settings.workMemMegabytes ?? 64}MB`,
    // Compiling a condition over a hundred columns takes longer than running it.
    jit: 'off',
    role: settings.role,
  };
}

async function setLocally(client: DatabaseClient, names: string[], values: string[]): Promise<void> {
  await client.query('SELECT set_config(name, value, true) FROM unnest($1::text[], $2::text[]) AS s (name, value)', [
    names,
    values,
  ]);
}
