import { constants } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HikyakuError } from '@hikyaku/types';
import type { KeyStore } from './key-store.ts';
import { parseSecretKey, writeSecretKey } from './secret-key.ts';

/** One segment, no dot in front: no reference leads out of the folder or to a hidden file. */
const referencePattern = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*$/;
const longestReference = 200;
/** An OpenPGP key with its signatures has some thousand. */
const mostBytes = 64 * 1024;
const othersMay = 0o077;

/**
 * Keys as files of one folder, each as `parseSecretKey` reads it. What others than the owner may read or write is not used, and
 * neither is a link.
 */
export function createFolderKeyStore(folder: string): KeyStore {
  return {
    async find(reference) {
      await refuseOpenFolder(folder);
      const file = await open(fileOf(folder, reference), constants.O_RDONLY | constants.O_NOFOLLOW).catch(
        (error: unknown) => {
          if (isMissing(error)) return undefined;
          throw unavailable(reference, 'unreadable', error);
        },
      );
      if (!file) return undefined;
      try {
        const { mode, size } = await file.stat();
        if ((mode & othersMay) !== 0) throw unavailable(reference, 'mode');
        if (size > mostBytes) throw unavailable(reference, 'size');
        const key = await parseSecretKey(await file.readFile('utf8'));
        if (!key) throw unavailable(reference, 'content');
        return key;
      } finally {
        await file.close();
      }
    },
    async add(reference, key) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await refuseOpenFolder(folder);
      const file = await open(fileOf(folder, reference), 'wx', 0o600).catch((error: unknown) => {
        throw unavailable(reference, 'taken', error);
      });
      try {
        await file.writeFile(writeSecretKey(key));
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

async function refuseOpenFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw unavailable(folder, 'unreadable', error);
  });
  if (found && (found.mode & othersMay) !== 0) throw unavailable('.', 'folder-mode');
}

function fileOf(folder: string, reference: string): string {
  if (reference.length > longestReference || !referencePattern.test(reference)) throw unavailable(reference, 'name');
  return join(folder, reference);
}

/** Never with anything of what the file holds. */
function unavailable(reference: string, reason: string, cause?: unknown): HikyakuError {
  return new HikyakuError('key-unavailable', { details: { reference, reason }, retriable: true, cause });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
