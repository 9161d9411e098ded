import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const secrets = z.object({
  authSecret: z.string().min(32),
  databasePasswords: z.object({ owner: z.string(), app: z.string(), auth: z.string(), jobs: z.string() }),
});
export type StackSecrets = z.infer<typeof secrets>;

/** Random at the first start, kept beside the data (mode 600): a second start must open what the first one closed. */
export async function findOrCreateSecrets(dataFolder: string): Promise<StackSecrets> {
  const file = join(dataFolder, 'secrets.json');
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found !== undefined) return secrets.parse(JSON.parse(found));
  const created = {
    authSecret: random(),
    databasePasswords: { owner: random(), app: random(), auth: random(), jobs: random() },
  };
  await writeFile(file, JSON.stringify(created, null, 2), { mode: 0o600 });
  return created;
}

const random = () => randomBytes(32).toString('hex');
