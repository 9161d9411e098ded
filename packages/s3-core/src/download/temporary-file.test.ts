import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type JournalHead, readJournal } from './journal.ts';
import { isAlive, processIdentity } from './process-identity.ts';
import { deleteLeftovers, openTemporaryFile } from './temporary-file.ts';

const head: JournalHead = {
  format: 1,
  bucket: 'bucket',
  key: 'key',
  versionId: 'one',
  etag: 'abc',
  sizeBytes: 1_000,
  rangeBytes: 100,
};

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-temporary-'));
  target = join(folder, '売'.repeat(85));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Left by a run that fetched these ranges and failed. */
async function leave(...ranges: number[]): Promise<void> {
  const temporary = await openTemporaryFile(target, head);
  for (const range of ranges) await temporary.note(range);
  await temporary.keep();
}

async function journalPath(): Promise<string> {
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.journal'));
  return join(folder, name ?? 'no journal');
}

/** What the next run finds. */
async function takeOver(wanted = head): Promise<number[]> {
  const temporary = await openTemporaryFile(target, wanted);
  const ranges = [...temporary.ranges];
  await temporary.discard();
  expect(await readdir(folder)).toEqual([]);
  return ranges;
}

test('what a failed run has is found by the next, even of a file with the longest of names', async () => {
  await leave(0, 3, 9);
  expect(await takeOver()).toEqual([0, 3, 9]);
});

test('of another version, or another object, nothing is used and nothing is left', async () => {
  for (const other of [{ versionId: 'two' }, { etag: 'other' }, { key: 'other' }, { sizeBytes: 999 }]) {
    await leave(0);
    expect(await takeOver({ ...head, ...other })).toEqual([]);
  }
});

test('a line that was being written when the process ended does not count; anything else that is wrong ends it all', async () => {
  await leave(0, 3);
  await appendFile(await journalPath(), '{"range":4');
  expect(await takeOver()).toEqual([0, 3]);
  for (const wrong of ['nonsense\n', '{"range":10}\n', '{"range":-1}\n', '{"range":"1"}\n', '\0\0\0\n']) {
    await leave(0, 3);
    await appendFile(await journalPath(), wrong);
    expect(await takeOver()).toEqual([]);
  }
  await leave(0);
  await writeFile(await journalPath(), '');
  expect(await takeOver()).toEqual([]);
});

test('a file of another size, or none, is not gone on with', async () => {
  await leave(0);
  const part = (await readdir(folder)).find((name) => name.endsWith('.part')) ?? '';
  await writeFile(join(folder, part), 'short');
  expect(await takeOver()).toEqual([]);
  await leave(0);
  await rm(join(folder, (await readdir(folder)).find((name) => name.endsWith('.part')) ?? ''));
  expect(await takeOver()).toEqual([]);
});

test('what belongs to a process that lives is not taken, and not deleted', async () => {
  const temporary = await openTemporaryFile(target, head);
  await temporary.note(0);
  await deleteLeftovers(target);
  const other = await openTemporaryFile(target, head);
  expect([...other.ranges]).toEqual([]);
  await other.discard();
  expect(await readdir(folder)).toHaveLength(2);
  await temporary.keep();
  await deleteLeftovers(target);
  expect(await readdir(folder)).toEqual([]);
});

test('what a process on another machine has is taken when it has been silent for more than an hour', async () => {
  await leave(5);
  const journal = await journalPath();
  const elsewhere = journal.replace('.free.', '.00000000-1-1.');
  await rename(journal, elsewhere);
  const other = await openTemporaryFile(target, head);
  expect([...other.ranges]).toEqual([]);
  await other.discard();
  const anHourAgo = Date.now() / 1_000 - 3_700;
  await utimes(elsewhere, anHourAgo, anHourAgo);
  expect(await takeOver()).toEqual([5]);
});

test('of two that would take over only one does', async () => {
  await leave(1, 2);
  const both = await Promise.all([openTemporaryFile(target, head), openTemporaryFile(target, head)]);
  expect(new Set(both.map(({ ranges }) => ranges.size))).toEqual(new Set([0, 2]));
  await Promise.all(both.map((temporary) => temporary.discard()));
});

test('a journal says what it is of', async () => {
  await leave(0);
  const journal = await journalPath();
  expect(await readJournal(journal)).toEqual({ head, ranges: new Set([0]) });
  expect(String(await readFile(journal))).not.toContain('http');
});

test('a process is known by more than its number', async () => {
  const identity = await processIdentity();
  expect(await isAlive(identity)).toBe(true);
  const [host, pid] = identity.split('-');
  // The same number, begun at another time: somebody else.
  expect(await isAlive(`${host}-${pid}-1`)).toBe(false);
  expect(await isAlive(`00000000-${pid}-1`)).toBeUndefined();
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
  expect(await isAlive(`${host}-${child.pid}-1`)).toBe(false);
});
