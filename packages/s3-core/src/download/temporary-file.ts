import { hash, randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DiskFlush } from './disk-flush.ts';
import { fileFailure } from './file-failure.ts';
import { createJournal, type JournalContent, type JournalHead, openJournal, readJournal } from './journal.ts';
import { isAlive, processIdentity } from './process-identity.ts';

/** What all names of unfinished downloads begin with; no object may be given such a name. */
export const temporaryPrefix = '.hikyaku-';

/** After so long even a process on another machine, that shares the folder, will not go on. */
const forgottenMilliseconds = 3_600_000;

/**
 * The file that a download is written to until it is known to be right, with its journal beside it. Whose it is stands in the
 * journal's name: taking over what a dead process left is one `rename`, which only one can win. Two that download to one
 * place at once don't meet.
 */
export interface TemporaryFile {
  readonly file: FileHandle;
  readonly head: JournalHead;
  /** Ranges that an earlier run has fetched. */
  readonly ranges: ReadonlySet<number>;
  /** This range lies in the file whole: a later run need not fetch it. @throws HikyakuError disk-full, target-unusable */
  note(range: number): Promise<void>;
  /** On the disk, under its final name, in one step; then nothing else is left. */
  publish(): Promise<void>;
  /** For a later run to go on with, where there is something to go on with: nothing that the disk has refused. */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Takes over what an earlier run left for this object and this place, and deletes what was left for another version of it;
 * else begins anew.
 *
 * @param options.isDurable what the journal says is on the disk, and not only with the system
 * @throws HikyakuError disk-full, target-unusable
 */
export async function openTemporaryFile(
  target: string,
  wanted: JournalHead,
  { isDurable }: { isDurable: boolean },
): Promise<TemporaryFile> {
  try {
    const owner = await processIdentity();
    const found = await takeOver(target, wanted, owner);
    return await opened(target, found ?? (await begin(target, wanted, owner)), isDurable);
  } catch (error) {
    throw fileFailure(error, target);
  }
}

/** Deletes what unfinished downloads to this place have left, but not those that are going on. */
export async function deleteLeftovers(target: string): Promise<void> {
  const owner = await processIdentity();
  for (const left of await findLeftovers(target)) await removeBoth(await claim(left, owner));
}

interface Names {
  part: string;
  journal: string;
}

interface OwnedFile {
  names: Names;
  file: FileHandle;
  content: JournalContent;
}

function namesOf(target: string, id: string, owner: string): Names {
  const stem = join(dirname(target), `${stemOf(target)}${id}`);
  return { part: `${stem}.part`, journal: `${stem}.${owner}.journal` };
}

/** A target's name may be as long as names can be, so it can't be part of another. */
function stemOf(target: string): string {
  return `${temporaryPrefix}${hash('sha256', basename(target)).slice(0, 16)}-`;
}

async function begin(target: string, head: JournalHead, owner: string): Promise<OwnedFile> {
  const names = namesOf(target, randomBytes(4).toString('hex'), owner);
  // First the journal: nobody would look for the other without it.
  await createJournal(names.journal, head);
  let file: FileHandle | undefined;
  try {
    file = await open(names.part, 'wx+');
    await file.truncate(head.sizeBytes);
  } catch (error) {
    await file?.close();
    await removeBoth(names);
    throw error;
  }
  return { names, file, content: { head, ranges: new Set() } };
}

async function takeOver(target: string, wanted: JournalHead, owner: string): Promise<OwnedFile | undefined> {
  let taken: OwnedFile | undefined;
  for (const left of await findLeftovers(target)) {
    const names = await claim(left, owner);
    if (!names) continue;
    const content = await readJournal(names.journal);
    const file = !taken && content && isOf(content.head, wanted) ? await reopen(names.part, content.head) : undefined;
    if (file && content) taken = { names, file, content };
    else await removeBoth(names);
  }
  return taken;
}

/** How much is fetched at once may differ; what is fetched may not. */
function isOf(found: JournalHead, wanted: JournalHead): boolean {
  return (['bucket', 'key', 'versionId', 'etag', 'sizeBytes'] as const).every((name) => found[name] === wanted[name]);
}

async function reopen(part: string, head: JournalHead): Promise<FileHandle | undefined> {
  const file = await open(part, 'r+').catch(() => undefined);
  if (!file) return undefined;
  const about = await file.stat();
  if (about.isFile() && about.size === head.sizeBytes) return file;
  await file.close();
  return undefined;
}

interface Leftover {
  folder: string;
  id: string;
  name: string;
  target: string;
}

async function findLeftovers(target: string): Promise<Leftover[]> {
  const folder = dirname(target);
  const stem = stemOf(target);
  const leftovers: Leftover[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(stem)) continue;
    const [id, owner, ending] = name.slice(stem.length).split('.');
    if (!id || !owner || ending !== 'journal') continue;
    if (await isAbandoned(join(folder, name), owner)) leftovers.push({ folder, id, name, target });
  }
  return leftovers;
}

const nobody = 'free';

async function isAbandoned(journal: string, owner: string): Promise<boolean> {
  if (owner === nobody) return true;
  const alive = await isAlive(owner);
  if (alive !== undefined) return !alive;
  const about = await stat(journal).catch(() => undefined);
  return about !== undefined && Date.now() - about.mtimeMs > forgottenMilliseconds;
}

/** Undefined where somebody else was quicker. */
async function claim(left: Leftover, owner: string): Promise<Names | undefined> {
  const names = namesOf(left.target, left.id, owner);
  try {
    await rename(join(left.folder, left.name), names.journal);
    return names;
  } catch {
    return undefined;
  }
}

async function removeBoth(names: Names | undefined): Promise<void> {
  if (!names) return;
  await rm(names.part, { force: true });
  await rm(names.journal, { force: true });
}

async function opened(target: string, { names, file, content }: OwnedFile, isDurable: boolean): Promise<TemporaryFile> {
  const { head, ranges } = content;
  const journal = await openJournal(names.journal);
  const flush = new DiskFlush(file);
  let isEmpty = ranges.size === 0;
  const close = async () => {
    await flush.stop();
    await journal.close();
    await file.close();
  };
  return {
    file,
    head,
    ranges,
    async note(range) {
      try {
        if (isDurable) await flush.flush();
        else flush.written(head.rangeBytes);
        await journal.note(range);
      } catch (error) {
        throw fileFailure(error);
      }
      isEmpty = false;
    },
    async publish() {
      try {
        await flush.finish();
        await close();
        await rename(names.part, target);
        await rm(names.journal, { force: true });
        await syncFolder(dirname(target));
      } catch (error) {
        throw fileFailure(error, target);
      }
    },
    async keep() {
      await close();
      // What the disk refused the next run would find with the system, or not, and nobody would hear of it again.
      if (isEmpty || flush.hasFailed) return removeBoth(names);
      await rename(names.journal, namesOf(target, idOf(target, names), nobody).journal).catch(() => undefined);
    },
    async discard() {
      await close();
      await removeBoth(names);
    },
  };
}

function idOf(target: string, { part }: Names): string {
  return basename(part).slice(stemOf(target).length, -'.part'.length);
}

/** The name itself is on the disk only after this. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
