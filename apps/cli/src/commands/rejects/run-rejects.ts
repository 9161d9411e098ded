import { openApi } from '../../api/open-api.ts';
import type { V1Client } from '../../api/v1-client.ts';
import { CommandFailure } from '../../command-failure.ts';
import { writeWhole } from '../../output/write-whole.ts';
import { printable } from '../../output/printable.ts';
import { note, printJson, printLine } from '../../output/print.ts';
import { writeAll } from '../../output/write-all.ts';
import type { World } from '../../world.ts';

export interface RejectsFlags {
  output?: string;
  json?: boolean;
}

export async function runRejects(world: World, flags: RejectsFlags, uploadId: string): Promise<void> {
  if (flags.output !== undefined && flags.json)
    throw new CommandFailure('flags-exclude', { one: '-o', other: '--json' });
  const api = await openApi(world);
  if (flags.output === undefined) await printRejects(world, api, uploadId, flags.json);
  else await saveRejects(world, api, uploadId, flags.output);
}

/** Page by page as it is printed. */
async function printRejects(world: World, api: V1Client, uploadId: string, isJson = false): Promise<void> {
  let cursor: string | null = null;
  do {
    const page = await api.listRejects(uploadId, cursor);
    for (const line of page.items) {
      const words = `${line.lineNumber}: ${[line.column, line.text].filter(Boolean).join(': ')}`;
      if (!(await (isJson ? printJson(world, line, 'line') : printLine(world, printable(words))))) return;
    }
    cursor = page.nextCursor;
  } while (cursor !== null);
}

async function saveRejects(world: World, api: V1Client, uploadId: string, path: string): Promise<void> {
  const lines = await api.openRejects(uploadId);
  if (path !== '-') {
    await writeWhole(path, lines, world.signal);
    note(world, printable(path));
    return;
  }
  for await (const bytes of lines) if (!(await writeAll(world.process.stdout, bytes, world.signal))) return;
}
