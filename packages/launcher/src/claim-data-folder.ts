import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LauncherError } from './launcher-error.ts';

/**
 * One launcher per data folder: a second one, above all one told to begin anew, would pull the ground from under the first.
 *
 * @throws LauncherError naming the process that has it
 */
export async function claimDataFolder(dataFolder: string, options: { fresh: boolean }): Promise<() => Promise<void>> {
  const file = join(dataFolder, 'launcher.pid');
  const holder = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (holder !== process.pid && (await isLauncher(holder))) {
    throw new LauncherError(
      `Hikyaku already runs on ${dataFolder} (process ${holder}). Stop it there with Ctrl-C, or set HIKYAKU_DATA_FOLDER and other ports for a second one.`,
    );
  }
  if (options.fresh) await emptyDataFolder(dataFolder);
  await mkdir(dataFolder, { recursive: true });
  await writeFile(file, `${process.pid}\n`);
  return () => rm(file, { force: true });
}

/** Only what a launcher has written to is deleted: the variable that names the folder may name somebody's home. */
async function emptyDataFolder(dataFolder: string): Promise<void> {
  if (!existsSync(dataFolder)) return;
  const found = await readdir(dataFolder);
  if (found.length > 0 && !found.includes('launcher.pid') && !found.includes('secrets.json')) {
    throw new LauncherError(
      `${dataFolder} holds files that are not of Hikyaku, so it is not emptied. Set HIKYAKU_DATA_FOLDER to a folder of its own.`,
    );
  }
  await rm(dataFolder, { recursive: true, force: true });
}

/** Process ids are given again: only a process that runs this launcher counts. */
async function isLauncher(processId: number): Promise<boolean> {
  if (!Number.isSafeInteger(processId) || processId <= 1) return false;
  const commandLine = await readFile(`/proc/${processId}/cmdline`, 'utf8').catch(() => '');
  return commandLine.includes('launcher/src/start.ts');
}
