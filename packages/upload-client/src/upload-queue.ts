import { HikyakuError } from '@hikyaku/types';
import { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';
import type { QueuedUpload } from './queued-upload.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';
import { totalOf, type UploadQueueTotal } from './upload-queue-total.ts';

/** The same object until something changes. */
export interface UploadQueueSnapshot {
  /** In the order they were added. */
  readonly uploads: readonly QueuedUpload[];
  readonly total: UploadQueueTotal;
}

/** Fits React: `useSyncExternalStore(queue.subscribe, queue.getSnapshot)`. No function needs a `this`. */
export interface UploadQueue {
  /** Starts as soon as there is a place. Returns the queue's id of the file. */
  readonly add: (file: UploadFileOptions['file'], port: UploadPort) => string;
  /** Without effect once a file is done, failed or cancelled. */
  readonly cancel: (id: string) => void;
  readonly cancelAll: () => void;
  /** Sends a failed or cancelled file again, as a new upload. */
  readonly retry: (id: string) => void;
  /** Takes a file that is done, failed or cancelled off the list. */
  readonly remove: (id: string) => void;
  /** Returns how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => UploadQueueSnapshot;
}

export interface UploadQueueOptions {
  /** Files sent at the same time. Default 3. */
  concurrency?: number;
  /** What all files together may open to storage. */
  connections?: ConnectionBudget;
  /** Default `uploadFile`. */
  upload?: (options: UploadFileOptions) => Promise<{ uploadId: string }>;
}

/** What the queue keeps of a file beside what it shows. */
interface Entry {
  readonly file: UploadFileOptions['file'];
  readonly port: UploadPort;
  controller: AbortController;
  shown: QueuedUpload;
}

/** Sends many files, a few at a time, each to the port it was added with. */
export function createUploadQueue({
  concurrency = 3,
  connections = createConnectionBudget(),
  upload = uploadFile,
}: UploadQueueOptions = {}): UploadQueue {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let snapshot = snapshotOf(entries);
  let added = 0;

  const publish = () => {
    snapshot = snapshotOf(entries);
    for (const listener of listeners) listener();
  };
  const show = (entry: Entry, change: Partial<QueuedUpload>) => {
    entry.shown = { ...entry.shown, ...change };
    publish();
  };
  const startNext = () => {
    const waiting = [...entries.values()].filter(({ shown }) => shown.state === 'waiting');
    const active = [...entries.values()].filter(isActive).length;
    for (const entry of waiting.slice(0, Math.max(0, concurrency - active))) void send(entry);
  };
  const send = async (entry: Entry) => {
    const { file, port, controller } = entry;
    show(entry, { state: 'preparing' });
    try {
      const onProgress = ({ phase, ...progress }: UploadProgress) => {
        if (!controller.signal.aborted) show(entry, { ...progress, state: phase });
      };
      await upload({ file, port, connections, onProgress, signal: controller.signal });
      if (!controller.signal.aborted) show(entry, { state: 'done' });
    } catch (error) {
      if (!controller.signal.aborted) show(entry, { ...atRest, state: 'failed', error: asHikyakuError(error) });
    }
    startNext();
  };
  const stop = (entry: Entry) => {
    if (isSettled(entry)) return;
    entry.controller.abort();
    show(entry, { ...atRest, state: 'cancelled' });
  };

  return {
    add(file, port) {
      const id = String(++added);
      const entry = { file, port, controller: new AbortController(), shown: notStarted(id, file) };
      entries.set(id, entry);
      publish();
      startNext();
      return id;
    },
    cancel(id) {
      const entry = entries.get(id);
      if (entry) stop(entry);
      startNext();
    },
    cancelAll() {
      for (const entry of entries.values()) stop(entry);
    },
    retry(id) {
      const entry = entries.get(id);
      if (!entry || !isSettled(entry) || entry.shown.state === 'done') return;
      entry.controller = new AbortController();
      show(entry, notStarted(id, entry.file));
      startNext();
    },
    remove(id) {
      const entry = entries.get(id);
      if (!entry || !isSettled(entry)) return;
      entries.delete(id);
      publish();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
  };
}

const atRest = { bytesPerSecond: 0, secondsLeft: null };

function notStarted(id: string, file: UploadFileOptions['file']): QueuedUpload {
  return {
    ...atRest,
    id,
    fileName: file.name,
    state: 'waiting',
    uploadId: null,
    sentBytes: 0,
    totalBytes: file.size,
    error: null,
  };
}

function snapshotOf(entries: ReadonlyMap<string, Entry>): UploadQueueSnapshot {
  const uploads = [...entries.values()].map(({ shown }) => shown);
  return { uploads, total: totalOf(uploads) };
}

function isActive({ shown }: Entry): boolean {
  return shown.state === 'preparing' || shown.state === 'sending' || shown.state === 'confirming';
}

function isSettled({ shown }: Entry): boolean {
  return shown.state === 'done' || shown.state === 'failed' || shown.state === 'cancelled';
}

function asHikyakuError(error: unknown): HikyakuError {
  return error instanceof HikyakuError ? error : new HikyakuError('internal', { cause: error });
}
