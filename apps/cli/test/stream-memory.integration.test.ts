import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuiltCommand, buildCommand } from './built-command.ts';
import { dataset, openTestHouse, type TestHouse } from './test-house.ts';

const mebibyte = 1024 ** 2;
/** `HIKYAKU_STREAM_MIB=2048` sends 2 GiB instead. */
const streamMebibytes = Number(process.env['HIKYAKU_STREAM_MIB'] ?? 192);
const most = 256 * mebibyte;

let command: BuiltCommand;
let house: TestHouse;

beforeAll(async () => {
  command = await buildCommand();
  house = await openTestHouse({ keysFolder: join(command.folder, 'keys'), takesIn: false });
});
afterAll(async () => {
  await house?.close();
  await command?.remove();
});

test(
  'a stream from standard input, encrypted, is sent in less than 256 MiB of memory, however long it is',
  { timeout: 60_000 + streamMebibytes * 500 },
  async () => {
    const piece = randomBytes(mebibyte);
    const begun = performance.now();
    const { child, ended } = command.start(['put', '-', '--name', 'long.csv', '--encrypt', '--to', dataset, '--json'], {
      env: { HIKYAKU_URL: house.url, HIKYAKU_TOKEN: house.token },
      input: (stdin) => void pipeline(Readable.from(repeated(piece, streamMebibytes)), stdin),
    });
    let peakBytes = 0;
    const over = new AbortController();
    const watching = (async () => {
      while (!over.signal.aborted) {
        peakBytes = Math.max(peakBytes, await peakOf(child.pid ?? 0));
        await delay(20);
      }
    })();
    const { code, stdout, stderr } = await ended;
    over.abort();
    await watching;
    const seconds = (performance.now() - begun) / 1_000;
    process.stdout.write(
      `${streamMebibytes} MiB in ${seconds.toFixed(1)} s, peak ${(peakBytes / mebibyte).toFixed(0)} MiB\n`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`"bytes": ${streamMebibytes * mebibyte}`);
    expect(peakBytes).toBeGreaterThan(0);
    expect(peakBytes).toBeLessThan(most);
  },
);

function* repeated(piece: Uint8Array, times: number): Generator<Uint8Array> {
  for (let count = 0; count < times; count += 1) yield piece;
}

/** What the kernel has seen of a process at most; 0 once it has ended. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kibibytes) * 1024;
}
