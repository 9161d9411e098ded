import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes the first key of a deployment where there is none yet, for its owner alone to read. */
export async function makeReceiptKey(folder: string, day: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).some((name) => name.endsWith('.pem'))) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(join(folder, `${day}.pem`), pem, { mode: 0o600, flag: 'wx', flush: true });
}
