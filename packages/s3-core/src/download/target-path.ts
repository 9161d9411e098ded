import { mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { failureOf } from '../errors/storage-failure.ts';
import { fileFailure } from './file-failure.ts';
import { temporaryPrefix } from './temporary-file.ts';

/** Of one name, on the file systems there are. */
const longestNameBytes = 255;
// oxlint-disable-next-line no-control-regex
const windowsForbidden = /[\0-\x1f<>:"|?*\\]/;
const windowsDevices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * The path of an object's key inside a folder, byte for byte, or an error: two keys never become one file, and none leads
 * outside. Pure: says nothing about what lies on the disk; for that `prepareTarget`.
 *
 * @param platform as `process.platform`; Windows knows fewer names
 * @throws HikyakuError unsafe-name
 */
export function pathInFolder(folder: string, key: string, platform: NodeJS.Platform = process.platform): string {
  const names = key.split('/');
  if (!names.every((name) => isName(name) && (platform !== 'win32' || isWindowsName(name)))) {
    throw failureOf('unsafe-name', { details: { key } });
  }
  return join(resolve(folder), ...names);
}

function isName(name: string): boolean {
  return (
    name !== '' &&
    name !== '.' &&
    name !== '..' &&
    !name.includes('\0') &&
    // Half a character has no bytes of its own: two such names would be one.
    name.isWellFormed() &&
    Buffer.byteLength(name) <= longestNameBytes &&
    !name.startsWith(temporaryPrefix)
  );
}

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
function isWindowsName(name: string): boolean {
  return !windowsForbidden.test(name) && !/[. ]$/.test(name) && !windowsDevices.test(name);
}

/**
 * The path of an object's key inside a folder, whose folders it makes. A link on the way that leads outside is refused.
 *
 * @throws HikyakuError unsafe-name, target-unusable, disk-full
 */
export async function prepareTarget(folder: string, key: string): Promise<string> {
  const target = pathInFolder(folder, key);
  try {
    const root = await realpath(folder);
    let current = root;
    for (const name of relative(resolve(folder), dirname(target)).split(sep).filter(Boolean)) {
      current = join(current, name);
      await mkdir(current).catch(ignoreExisting);
      if (!isInside(root, await realpath(current))) throw failureOf('unsafe-name', { details: { key } });
      if (!(await stat(current)).isDirectory()) throw failureOf('target-unusable', { details: { path: current } });
    }
    return target;
  } catch (error) {
    throw fileFailure(error, target);
  }
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
