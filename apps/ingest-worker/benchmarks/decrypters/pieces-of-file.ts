import { open, readFile } from 'node:fs/promises';

export const standardOutput = 1;
const pieceBytes = 1024 ** 2;

/** Each piece lies in the same memory: it is over when the next is asked for. */
export async function* piecesOfFile(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await open(path);
  const memory = Buffer.allocUnsafeSlow(pieceBytes);
  try {
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, pieceBytes);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Tells, on standard error, the processor time of the work alone: user and system, all threads, Node's start not counted. */
export async function tellProcessorTime(work: () => Promise<void>): Promise<void> {
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  process.stderr.write(`${user / 1e6} ${system / 1e6}\n`);
}

export async function identityIn(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).trim();
}
