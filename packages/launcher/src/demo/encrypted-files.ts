import { createReadStream, createWriteStream } from 'node:fs';
import { access, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { encryptAge } from '@hikyaku/encryption';
import { createKey } from '../create-key.ts';
import type { Stack } from '../stack/start-stack.ts';

const organizations = ['aozora', 'midori'];
const [sender = ''] = organizations;

/**
 * A key for each organization of the demo, its public part as a file for `age -R`, and the cities compressed, and compressed
 * and encrypted for the first of them. What is there is left as it is.
 */
export async function makeEncryptedFiles(
  stack: Pick<Stack, 'database' | 'keysFolder'>,
  filesFolder: string,
): Promise<void> {
  const cities = join(filesFolder, 'cities.csv');
  const keyFileOf = (organization: string) => join(filesFolder, `${organization}-public-key.txt`);
  for (const organization of organizations) {
    await writeOnce(keyFileOf(organization), async (file) =>
      writeFile(file, `${await createKey({ ownerUrl: stack.database.owner, ...stack }, organization)}\n`),
    );
  }
  await writeOnce(`${cities}.gz`, (file) => pipeline(createReadStream(cities), createGzip(), createWriteStream(file)));
  const publicKey = (await readFile(keyFileOf(sender), 'utf8')).trim();
  await writeOnce(`${cities}.gz.age`, (file) =>
    pipeline(encryptAge(createReadStream(`${cities}.gz`), [publicKey]), createWriteStream(file)),
  );
}

/** A file that is there is whole: it gets its name last. */
async function writeOnce(file: string, write: (unfinished: string) => Promise<void>): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await write(`${file}.unfinished`);
  await rename(`${file}.unfinished`, file);
}
