import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { stopLeftovers } from '../start-local-cloud.ts';
import { isSupervised, readCloudState } from '../state-file.ts';

export const testFolderPrefix = 'hikyaku-test-cloud-';

/** A run that just begins has a folder, but no state yet. */
const youngMilliseconds = 60_000;

/** A test run that was killed leaves its processes and its folder: the next one clears both away. */
export async function sweepTestFolders(parent: string): Promise<void> {
  const names = (await readdir(parent)).filter((name) => name.startsWith(testFolderPrefix));
  for (const name of names) {
    const folder = join(parent, name);
    if (!(await isAbandoned(folder))) continue;
    await stopLeftovers(folder);
    await rm(folder, { recursive: true, force: true });
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  try {
    const { mtimeMs, uid } = await stat(folder);
    if (uid !== process.getuid?.()) return false;
    const state = await readCloudState(folder);
    return state === undefined ? Date.now() - mtimeMs > youngMilliseconds : !(await isSupervised(state));
  } catch {
    // Cleared away by its own run in this moment.
    return false;
  }
}
