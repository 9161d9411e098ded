import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type PartReport, partNames } from './part.ts';
import { findTextFile, writeSecretFile } from './process/secret-file.ts';

const partReport = z.object({
  name: z.enum(partNames),
  state: z.enum(['stopped', 'starting', 'running', 'stopping', 'failed']),
  technology: z.string(),
  address: z.string().optional(),
  processIds: z.array(z.int()),
  dataFolder: z.string(),
  logFiles: z.array(z.string()),
  failure: z.string().optional(),
});

const cloudState = z.object({
  /** A process id is given again; together with its start time it names one process. */
  supervisor: z.object({ pid: z.int(), startTime: z.string() }).optional(),
  parts: z.array(partReport),
});

/** What the supervisor says of itself on disk, for `status` and for the next start. Holds no secret. */
export type CloudState = z.infer<typeof cloudState>;

const stateFile = (dataFolder: string) => join(dataFolder, 'state.json');

export async function readCloudState(dataFolder: string): Promise<CloudState | undefined> {
  const text = await findTextFile(stateFile(dataFolder));
  if (text === undefined) return undefined;
  try {
    return cloudState.parse(JSON.parse(text));
  } catch {
    // Another version's, or damaged: as good as none.
    return undefined;
  }
}

/** Without `isRunning` the file says that nobody supervises any more. */
export async function writeCloudState(
  dataFolder: string,
  options: { isRunning: boolean; parts: PartReport[] },
): Promise<void> {
  const state = {
    ...(options.isRunning && { supervisor: { pid: process.pid, startTime: await startTimeOf(process.pid) } }),
    parts: options.parts,
  };
  await writeSecretFile(stateFile(dataFolder), `${JSON.stringify(state, undefined, 2)}\n`);
}

/** Whether the supervisor that wrote the state still lives. */
export async function isSupervised(state: CloudState): Promise<boolean> {
  if (state.supervisor === undefined) return false;
  return (await startTimeOf(state.supervisor.pid)) === state.supervisor.startTime;
}

const gone = 'gone';

/** Clock ticks since boot (field 22 of /proc/PID/stat, counted after the name, which may hold blanks). */
async function startTimeOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? gone;
  } catch {
    return pid === process.pid ? 'unknown' : gone;
  }
}
