import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPortBook, type PortName } from './port-book.ts';

let folder: string;
const holders: Server[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-port-book-'));
});

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (requested: Partial<Record<PortName, number>> = {}) =>
  openPortBook({ file: join(folder, 'ports.json'), requested });

async function hold(port: number): Promise<void> {
  const holder = createServer();
  holders.push(holder);
  await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
}

test('a port stays the same between starts', async () => {
  const first = await (await open()).choose('sqs');
  expect(await (await open()).choose('sqs')).toBe(first);
});

test('a remembered port that is taken gives way to a free one', async () => {
  const first = await (await open()).choose('sqs');
  await hold(first);
  expect(await (await open()).choose('sqs')).not.toBe(first);
});

test('a port that is asked for and taken is an error that names it and its variable', async () => {
  const port = await (await open()).choose('postgres');
  await hold(port);
  await expect((await open({ postgres: port })).choose('postgres')).rejects.toMatchObject({
    code: 'port-taken',
    part: 'postgres',
    message: expect.stringMatching(new RegExp(`${port}.*HIKYAKU_POSTGRES_PORT`)),
  });
});

test('a damaged note costs nothing but new ports', async () => {
  await writeFile(join(folder, 'ports.json'), '{"sqs": "x');
  expect(await (await open()).choose('sqs')).toBeGreaterThan(0);
});
