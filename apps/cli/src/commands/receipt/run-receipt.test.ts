import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { readEnvironment } from '../../env.ts';
import { runCli } from '../../run-cli.ts';

test("a receipt goes into a file, and with '-' to standard output: the same text, all that a newer server says in it", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-receipt-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const receipt = { format: 'hikyaku-receipt/9', signature: 's', newer: { a: 1 } };
  const server = createServer((_request, response) => response.end(JSON.stringify(receipt)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const run = async (...args: string[]) => {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await runCli(['receipt', 'u1', ...args], {
      process: { stdout, stderr },
      stdin: Readable.from([]),
      environment: readEnvironment({ LANG: 'C', HIKYAKU_URL: url, HIKYAKU_TOKEN: 'hky_t', XDG_CONFIG_HOME: folder }),
      signal: new AbortController().signal,
    });
    stdout.end();
    return { code, stdout: await text(stdout) };
  };
  const path = join(folder, 'r.json');
  expect(await run('-o', path)).toEqual({ code: 0, stdout: '' });
  const saved = await readFile(path, 'utf8');
  expect(JSON.parse(saved)).toEqual(receipt);
  expect(await run('-o', '-')).toEqual({ code: 0, stdout: saved });
  expect(await run()).toEqual({ code: 0, stdout: saved });
  expect(await readdir(folder)).toEqual(['r.json']);
});
