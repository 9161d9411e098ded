import { open, stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** Logs are rotated at 10 MiB; the last lines are looked for in the last mebibyte. */
const tailBytes = 1024 * 1024;

export async function readLastLines(file: string, lines: number): Promise<string> {
  if (lines === 0) return '';
  const size = await sizeOf(file);
  const text = await readRange(file, Math.max(0, size - tailBytes), size);
  return text
    .split('\n')
    .slice(-lines - (text.endsWith('\n') ? 1 : 0))
    .join('\n');
}

/** Prints what is added until `signal` aborts; a file that became shorter was rotated and is read from its start. */
export async function followLog(file: string, print: (text: string) => void, signal: AbortSignal): Promise<void> {
  let position = await sizeOf(file);
  while (!signal.aborted) {
    const size = await sizeOf(file);
    if (size < position) position = 0;
    if (size > position) print(await readRange(file, position, size));
    position = size;
    await delay(250, undefined, { signal }).catch(() => undefined);
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function readRange(file: string, from: number, to: number): Promise<string> {
  if (to <= from) return '';
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
