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

const begin = (wanted = head) => openTemporaryFile(target, wanted, { isDurable: false });

/** Left by a run that fetched these ranges and failed. */
async function leave(...ranges: number[]): Promise<void> {
  const temporary = await begin();
  for (const range of ranges) await temporary.note(range);
  await temporary.keep();
}

async function journalPath(): Promise<string> {
  const name = (await readdir(folder)).find((entry) => entry.endsWith('.journal'));
  return join(folder, name ?? 'no journal');
}

/** What the next run finds. */
async function takeOver(wanted = head): Promise<number[]> {
  const temporary = await begin(wanted);
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
  const temporary = await begin();
  await temporary.note(0);
  await deleteLeftovers(target);
  const other = await begin();
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
  const other = await begin();
  expect([...other.ranges]).toEqual([]);
  await other.discard();
  const anHourAgo = Date.now() / 1_000 - 3_700;
  await utimes(elsewhere, anHourAgo, anHourAgo);
  expect(await takeOver()).toEqual([5]);
});

test('of two that would take over only one does', async () => {
  await leave(1, 2);
  const both = await Promise.all([begin(), begin()]);
  expect(new Set(both.map(({ ranges }) => ranges.size))).toEqual(new Set([0, 2]));
  await Promise.all(both.map((temporary) => temporary.discard()));
});

/** As a disk says it that can't keep what the system took for it. */
const refused = async () => {
  throw Object.assign(new Error('input/output error'), { code: 'EIO' });
};

test('what the disk refused while it was written is told, and no later run goes on with it', async () => {
  const large = { ...head, sizeBytes: 256 * 1024 ** 2, rangeBytes: 64 * 1024 ** 2 };
  const temporary = await begin(large);
  temporary.file.datasync = refused;
  await temporary.note(0);
  await expect(temporary.note(1)).rejects.toMatchObject({ code: 'target-unusable' });
  await temporary.keep();
  expect(await readdir(folder)).toEqual([]);
});

test('the last answer of the disk counts, though nobody waited for it', async () => {
  const large = { ...head, sizeBytes: 256 * 1024 ** 2, rangeBytes: 64 * 1024 ** 2 };
  for (const end of ['keep', 'publish'] as const) {
    const temporary = await begin(large);
    temporary.file.datasync = refused;
    await temporary.note(0);
    if (end === 'publish') await expect(temporary.publish()).rejects.toMatchObject({ code: 'target-unusable' });
    await temporary.keep();
    expect(await readdir(folder)).toEqual([]);
  }
});

test('where no checksum will tell, a range is in the journal only when the disk has it', async () => {
  const temporary = await openTemporaryFile(target, head, { isDurable: true });
  await temporary.note(0);
  temporary.file.datasync = refused;
  await expect(temporary.note(1)).rejects.toMatchObject({ code: 'target-unusable' });
  expect((await readJournal(await journalPath()))?.ranges).toEqual(new Set([0]));
  await temporary.keep();
  expect(await readdir(folder)).toEqual([]);
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
