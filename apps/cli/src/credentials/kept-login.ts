import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandFailure } from '../command-failure.ts';

/** What `login` keeps. The token is for this address and no other. */
export interface KeptLogin {
  url: string;
  token: string;
}

const onlyUser = 0o600;
const othersBits = 0o077;

export function loginPath(configFolder: string): string {
  return join(configFolder, 'credentials.json');
}

/**
 * Undefined where nobody logged in.
 *
 * @throws CommandFailure token-file-open where others than its user may read it, token-file-damaged
 */
export async function readLogin(configFolder: string): Promise<KeptLogin | undefined> {
  const path = loginPath(configFolder);
  const text = await readFile(path, 'utf8').catch(ignoreMissing);
  if (text === undefined) return undefined;
  // Windows has no such bits; its folder for settings is the user's own.
  if (process.platform !== 'win32' && ((await stat(path)).mode & othersBits) !== 0) {
    throw new CommandFailure('token-file-open', { path });
  }
  const kept = parseLogin(text);
  if (!kept) throw new CommandFailure('token-file-damaged', { path });
  return kept;
}

/** Whole or not at all, and never readable by others, not even for a moment. */
export async function writeLogin(configFolder: string, login: KeptLogin): Promise<string> {
  await mkdir(configFolder, { recursive: true, mode: 0o700 });
  const path = loginPath(configFolder);
  const temporary = `${path}.${process.pid}`;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', onlyUser);
  try {
    await file.writeFile(`${JSON.stringify(login, undefined, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  return path;
}

/** False where there was none. */
export async function deleteLogin(configFolder: string): Promise<boolean> {
  return rm(loginPath(configFolder)).then(
    () => true,
    (error: unknown) => ignoreMissing(error) ?? false,
  );
}

function parseLogin(text: string): KeptLogin | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null || !('url' in parsed) || !('token' in parsed)) return undefined;
    const { url, token } = parsed;
    return typeof url === 'string' && typeof token === 'string' ? { url, token } : undefined;
  } catch {
    return undefined;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
