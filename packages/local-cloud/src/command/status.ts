import type { CloudState } from '../state-file.ts';
import { isSupervised } from '../state-file.ts';
import { isAlive } from '../process/stop-process.ts';

export interface Status {
  text: string;
  /** 0 all parts run, 1 a part failed, 3 nothing runs (as the LSB numbers it). */
  exitCode: 0 | 1 | 3;
}

/** What each part does, where it answers, and where its data and logs lie. */
export async function describeStatus(dataFolder: string, state: CloudState | undefined): Promise<Status> {
  if (state === undefined) return { text: `No local cloud has run on ${dataFolder}.\n`, exitCode: 3 };
  const supervised = await isSupervised(state);
  const orphans = supervised ? [] : state.parts.flatMap(({ processIds }) => processIds).filter(isAlive);
  const parts = state.parts.map((part) => ({ ...part, state: supervised ? part.state : ('stopped' as const) }));
  const lines = parts.flatMap((part) => [
    `${part.name} (${part.technology}): ${part.state}`,
    ...line('address', part.address),
    ...line('process', supervised && part.processIds.length > 0 ? part.processIds.join(' ') : undefined),
    ...line('data', part.dataFolder),
    ...line('log', part.logFiles.join(' ')),
    ...line('failure', part.failure),
  ]);
  if (!supervised) lines.push('The local cloud does not run.');
  if (orphans.length > 0) {
    lines.push(`Its supervisor was killed and left processes ${orphans.join(' ')}; the next start ends them.`);
  }
  const failed = parts.some((part) => part.state === 'failed');
  return { text: `${lines.join('\n')}\n`, exitCode: supervised ? (failed ? 1 : 0) : 3 };
}

function line(name: string, value: string | undefined): string[] {
  return value === undefined ? [] : [`  ${name.padEnd(8)} ${value}`];
}
