import type { HikyakuError } from '@hikyaku/types';
import { createAnnouncer } from './announcer.ts';
import { UploadPaused } from './begun-upload.ts';
import { coalesce } from './coalesce.ts';
import { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';
import { createEntrySender } from './entry-sender.ts';
import { findInterrupted, isFileOf } from './find-interrupted.ts';
import { createQuietMemory } from './memory/quiet-memory.ts';
import type { LeftUpload, UploadMemory } from './memory/upload-memory.ts';
import {
  asRemembered,
  asWaiting,
  atRest,
  type FileToQueue,
  identityOf,
  interruptedEntry,
  isActive,
  isSettled,
  newEntry,
  type QueueEntry,
} from './queue-entry.ts';
import type { QueuedUpload } from './queued-upload.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';
import { defaultPatience, type UploadPatience } from './upload-patience.ts';
import type { UploadPort } from './upload-port.ts';
import { totalOf, type UploadQueueTotal } from './upload-queue-total.ts';

/** The same object until something changes. */
export interface UploadQueueSnapshot {
  /** In the order they were added; interrupted ones when they were found. */
  readonly uploads: readonly QueuedUpload[];
  readonly total: UploadQueueTotal;
  /** Why all that was not on its way was paused: each file would have failed for it. Until something is sent again. */
  readonly halted: HikyakuError | null;
}

/** Fits React: `useSyncExternalStore(queue.subscribe, queue.getSnapshot)`. No function needs a `this`. */
export interface UploadQueue {
  /** Starts as soon as there is a place. Returns the queue's ids of the files. */
  readonly add: (files: readonly FileToQueue[], destination: string) => string[];
  /** Goes on with those that were interrupted on their way there; returns the others, for `add`. */
  readonly takeUp: (files: readonly FileToQueue[], destination: string) => FileToQueue[];
  /** Those that were interrupted on their way to another destination, and to no file of this one. */
  readonly findElsewhere: (
    files: readonly FileToQueue[],
    destination: string,
  ) => { file: FileToQueue; destination: string }[];
  /** Gives an interrupted file back. False where it is another file, or was saved over since. */
  readonly goOn: (id: string, file: File) => boolean;
  /** What the browser kept of an interrupted file: `queryPermission` and `requestPermission` decide whether it can be read. */
  readonly handleOf: (id: string) => FileSystemFileHandle | undefined;
  /**
   * Without effect once a file is done, failed or cancelled. An interrupted one leaves the list. One that had arrived all the same is
   * shown as done as soon as that is known.
   */
  readonly cancel: (id: string) => void;
  /** Interrupted ones stay. */
  readonly cancelAll: () => void;
  /** Stops the bytes of a file that waits or is being sent; what was sent of it is kept for `resume`. */
  readonly pause: (id: string) => void;
  readonly pauseAll: () => void;
  /** Goes on with a paused file as soon as there is a place. */
  readonly resume: (id: string) => void;
  readonly resumeAll: () => void;
  /** Pauses all that is not on its way yet, for a cause that the snapshot tells until something is sent again. */
  readonly halt: (cause: HikyakuError) => void;
  /**
   * Sends a failed file again, going on where that can be, or a cancelled one as a new upload.
   *
   * @param file in its place: a browser reads nothing of a file that was saved over since it was chosen
   */
  readonly retry: (id: string, file?: File) => void;
  /** Takes a file that is done, failed or cancelled off the list. */
  readonly remove: (id: string) => void;
  /** Takes all files off the list that are done. */
  readonly removeDone: () => void;
  /** Looks for uploads whose page is gone since; done at the beginning by itself. */
  readonly lookForInterrupted: () => Promise<void>;
  /** Returns how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => UploadQueueSnapshot;
}

export interface UploadQueueOptions {
  /** Our server, for a destination that `add` was called with. */
  portOf: (destination: string) => UploadPort;
  /** Where uploads are remembered that are to outlive the page; without one they end with it. */
  memory?: Promise<UploadMemory>;
  /** Small files sent at the same time; a large one takes the place of two. Default 6. */
  concurrency?: number;
  /** What all files together may open to storage. */
  connections?: ConnectionBudget;
  patience?: Partial<UploadPatience>;
  /** Default `uploadFile`. */
  upload?: (options: UploadFileOptions) => Promise<{ uploadId: string }>;
}

/** Above this a file is sent in parts, several at a time, which lie in memory. */
const largeBytes = 16 * 1024 ** 2;

/** Sends many files, a few at a time, each to where it was added for. */
export function createUploadQueue({
  portOf,
  memory: opening,
  concurrency = 6,
  connections = createConnectionBudget(),
  patience,
  upload = uploadFile,
}: UploadQueueOptions): UploadQueue {
  const memory = createQuietMemory(opening);
  const entries = new Map<string, QueueEntry>();
  // Drawing a list costs by its length.
  const announcer = createAnnouncer(() => (entries.size < 100 ? 0 : 400));
  let snapshot: UploadQueueSnapshot | undefined;
  let halted: HikyakuError | null = null;

  const publish = () => {
    snapshot = undefined;
    announcer.announce();
  };
  const show = (entry: QueueEntry, change: Partial<QueuedUpload>) => {
    entry.shown = { ...entry.shown, ...change };
    publish();
  };
  const drop = (entry: QueueEntry) => {
    entries.delete(entry.id);
    publish();
  };
  const startNext = () => {
    let free = concurrency;
    const waiting: QueueEntry[] = [];
    for (const entry of entries.values()) {
      if (isActive(entry)) free -= placesOf(entry);
      else if (entry.shown.state === 'waiting' && waiting.length < concurrency) waiting.push(entry);
    }
    for (const entry of waiting) {
      // One alone may take more than there is.
      if (free < Math.min(placesOf(entry), concurrency)) return;
      free -= placesOf(entry);
      void send(entry);
    }
  };
  const send = async (entry: QueueEntry) => {
    halted = null;
    show(entry, { state: 'preparing' });
    const { controller } = entry;
    if (entry.left && !(await takeOver(entry, entry.left))) drop(entry);
    // Cancelled meanwhile it is ours to close; paused and resumed, another round sends it.
    else if (!entries.has(entry.id)) sender.close(entry);
    else if (!controller.signal.aborted) await sender.send(entry, controller);
    startNext();
  };
  /** Asked once, however often the file is paused and resumed meanwhile. */
  const takeOver = async (entry: QueueEntry, left: LeftUpload) => {
    const isOurs = await (entry.takingOver ??= memory.takeOver(left));
    if (isOurs) entry.left = undefined;
    return isOurs;
  };
  /** What is being sent meanwhile may have all it needs, and is paused when it has not. */
  const halt = (cause: HikyakuError) => {
    for (const entry of entries.values()) {
      if (entry.shown.state === 'waiting' || entry.shown.state === 'preparing') pause(entry);
    }
    halted = cause;
    publish();
  };
  const stop = (entry: QueueEntry) => {
    if (isSettled(entry)) return;
    if (entry.left) {
      entry.controller.abort();
      drop(entry);
      // Another page may be the one that goes on with it.
      if (!isActive(entry)) void takeOver(entry, entry.left).then((isOurs) => isOurs && sender.close(entry));
      return;
    }
    // Closed here, where it is seen what became of it.
    entry.controller.abort(new UploadPaused());
    show(entry, { ...atRest, state: 'cancelled' });
    sender.close(entry);
  };
  const pause = (entry: QueueEntry) => {
    if (entry.shown.state !== 'waiting' && !isActive(entry)) return;
    entry.controller.abort(new UploadPaused());
    show(entry, { ...atRest, state: 'paused' });
    if (!entry.left) void memory.remember([asRemembered(entry)]);
  };
  const resume = (entry: QueueEntry) => {
    if (entry.shown.state !== 'paused') return;
    entry.controller = new AbortController();
    show(entry, { state: 'waiting' });
  };
  const goOn = (entry: QueueEntry, file: File) => {
    entry.file = file;
    show(entry, { state: 'waiting' });
  };
  const lookOnce = async () => {
    const left = await memory.listLeft();
    const leftIds = new Set(left.map(({ id }) => id));
    // Another page goes on with it, or gave it up.
    for (const entry of entries.values()) {
      if (entry.shown.state === 'interrupted' && !leftIds.has(entry.id)) drop(entry);
    }
    for (const found of left) {
      if (entries.has(found.id)) continue;
      entries.set(found.id, interruptedEntry(found));
      publish();
    }
  };
  /** However often it is asked while it looks, it looks once more. */
  const lookForInterrupted = coalesce(lookOnce);
  const entriesFor = (destination: string) =>
    [...entries.values()].filter((entry) => entry.destination === destination);
  const one = (work: (entry: QueueEntry) => void) => (id: string) => {
    const entry = entries.get(id);
    if (entry) work(entry);
    startNext();
  };
  const each = (work: (entry: QueueEntry) => void) => () => {
    for (const entry of entries.values()) work(entry);
    startNext();
  };
  const remove = (entry: QueueEntry) => {
    if (!isSettled(entry)) return;
    sender.close(entry);
    drop(entry);
  };

  const sender = createEntrySender({
    portOf,
    memory,
    connections,
    patience: { ...defaultPatience, ...patience },
    upload,
    show,
    onConcernsAll(entry, error) {
      pause(entry);
      halt(error);
    },
  });
  memory.onChange(() => void lookForInterrupted());
  void lookForInterrupted();
  return {
    add(files, destination) {
      const added = files.map((file) => newEntry(file, destination));
      for (const entry of added) entries.set(entry.id, entry);
      void memory.remember(added.map(asRemembered));
      publish();
      startNext();
      return added.map(({ id }) => id);
    },
    takeUp(files, destination) {
      const find = findInterrupted(entriesFor(destination));
      const others = files.filter((file) => {
        const known = find(file);
        if (!known) return true;
        // Whoever encrypts now means it; what was to be encrypted stays so.
        known.recipients = file.recipients ?? known.recipients;
        goOn(known, file.file);
        return false;
      });
      startNext();
      return others;
    },
    findElsewhere(files, destination) {
      const [find, findOther] = [
        findInterrupted(entriesFor(destination)),
        findInterrupted([...entries.values()].filter((entry) => entry.destination !== destination)),
      ];
      return files.flatMap((file) => {
        const other = find(file) ? undefined : findOther(file);
        return other ? [{ file, destination: other.destination }] : [];
      });
    },
    goOn(id, file) {
      const entry = entries.get(id);
      if (entry?.shown.state !== 'interrupted' || !isFileOf(entry, file)) return false;
      goOn(entry, file);
      startNext();
      return true;
    },
    handleOf: (id) => entries.get(id)?.handle,
    cancel: one(stop),
    cancelAll() {
      for (const entry of entries.values()) {
        if (entry.shown.state !== 'interrupted') stop(entry);
      }
    },
    pause: one(pause),
    pauseAll: each(pause),
    resume: one(resume),
    resumeAll: each(resume),
    halt,
    retry(id, file) {
      const entry = entries.get(id);
      if (!entry || !isSettled(entry) || entry.shown.state === 'done') return;
      if (file) {
        entry.file = file;
        entry.identity = identityOf({ file, name: entry.identity.name });
      }
      entry.controller = new AbortController();
      show(entry, asWaiting(entry));
      void memory.remember([asRemembered(entry)]);
      startNext();
    },
    remove: one(remove),
    removeDone: each((entry) => {
      if (entry.shown.state === 'done') remove(entry);
    }),
    lookForInterrupted,
    subscribe: announcer.subscribe,
    getSnapshot: () => (snapshot ??= { ...snapshotOf(entries), halted }),
  };
}

function placesOf({ identity }: QueueEntry): number {
  return identity.sizeBytes > largeBytes ? 2 : 1;
}

function snapshotOf(entries: ReadonlyMap<string, QueueEntry>): Omit<UploadQueueSnapshot, 'halted'> {
  const uploads = [...entries.values()].map(({ shown }) => shown);
  return { uploads, total: totalOf(uploads) };
}
