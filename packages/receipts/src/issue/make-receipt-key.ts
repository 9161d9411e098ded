import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const onlyOwner = { folder: 0o700, key: 0o600 };

/**
 * Makes the first key of a deployment where there is none yet, for its owner alone to read: the folder, too, is its owner's from here on.
 * A key is there whole or not at all, and of processes that start at the same time the first one's stays.
 */
export async function makeReceiptKey(folder: string, day: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: onlyOwner.folder });
  await chmod(folder, onlyOwner.folder);
  if ((await readdir(folder)).some((name) => name.endsWith('.pem'))) return;
  const { privateKey } = generateKeyPairSync('ed25519');
  // No name of a key until it is one.
  const temporary = join(folder, `.${day}.${randomUUID()}`);
  try {
    await writeDown(temporary, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    // Unlike a rename this never takes the place of what is there.
    await link(temporary, join(folder, `${day}.pem`)).catch(ignoreExisting);
  } finally {
    await rm(temporary, { force: true });
  }
  await synced(folder);
}

async function writeDown(path: string, pem: string | Buffer): Promise<void> {
  const file = await open(path, 'wx', onlyOwner.key);
  try {
    await file.writeFile(pem);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Or a power cut takes the name away again, after receipts were signed. */
async function synced(folder: string): Promise<void> {
  const opened = await open(folder);
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}
