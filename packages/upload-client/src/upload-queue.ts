import { HikyakuError } from '@hikyaku/types';
import { type BegunUpload, UploadPaused } from './begun-upload.ts';
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
  /** Starts as soon as there is a place. Returns the queue's id of the file. @param how see `UploadFileOptions` */
  readonly add: (file: UploadFileOptions['file'], port: UploadPort, how?: HowToSend) => string;
  /** Without effect once a file is done, failed or cancelled. */
  readonly cancel: (id: string) => void;
  readonly cancelAll: () => void;
  /** Stops the bytes of a file that waits or is being sent; what was sent of it is kept for `resume`. */
  readonly pause: (id: string) => void;
  readonly pauseAll: () => void;
  /** Goes on with a paused file as soon as there is a place. */
  readonly resume: (id: string) => void;
  readonly resumeAll: () => void;
  /** Sends a failed file again, going on where that can be, or a cancelled one as a new upload. */
  readonly retry: (id: string) => void;
  /** Takes a file that is done, failed or cancelled off the list. */
  readonly remove: (id: string) => void;
  /** Returns how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getSnapshot: () => UploadQueueSnapshot;
}

export type HowToSend = Pick<UploadFileOptions, 'recipients'>;

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
  readonly how: HowToSend;
  controller: AbortController;
  /** What may be gone on with. */
  begun: BegunUpload | undefined;
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
    const { file, port, how, controller, begun } = entry;
    show(entry, { state: 'preparing' });
    try {
      const onProgress = ({ phase, ...progress }: UploadProgress) => {
        if (!controller.signal.aborted) show(entry, { ...progress, state: phase });
      };
      const onBegun = (found: BegunUpload) => keepBegun(entry, controller, found);
      await upload({ ...how, file, port, begun, onBegun, connections, onProgress, signal: controller.signal });
      if (!controller.signal.aborted) show(entry, { state: 'done' });
    } catch (thrown) {
      const error = asHikyakuError(thrown);
      if (!controller.signal.aborted) {
        if (!error.retriable) entry.begun = undefined;
        show(entry, { ...atRest, state: 'failed', error });
      }
    }
    startNext();
  };
  const stop = (entry: Entry) => {
    if (isSettled(entry)) return;
    // What is being sent closes itself.
    if (!isActive(entry) && entry.begun) giveUp(entry, entry.begun);
    entry.controller.abort();
    entry.begun = undefined;
    show(entry, { ...atRest, state: 'cancelled' });
  };
  const pause = (entry: Entry) => {
    if (entry.shown.state !== 'waiting' && !isActive(entry)) return;
    entry.controller.abort(new UploadPaused());
    show(entry, { ...atRest, state: 'paused' });
  };
  const resume = (entry: Entry) => {
    if (entry.shown.state !== 'paused') return;
    entry.controller = new AbortController();
    show(entry, { state: 'waiting' });
  };

  return {
    add(file, port, how = {}) {
      const id = String(++added);
      const controller = new AbortController();
      const entry: Entry = { file, port, how, controller, begun: undefined, shown: notStarted(id, file) };
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
    pause(id) {
      const entry = entries.get(id);
      if (entry) pause(entry);
      startNext();
    },
    pauseAll() {
      for (const entry of entries.values()) pause(entry);
    },
    resume(id) {
      const entry = entries.get(id);
      if (entry) resume(entry);
      startNext();
    },
    resumeAll() {
      for (const entry of entries.values()) resume(entry);
      startNext();
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

/** An upload may be there only after its file was paused, and then cancelled or begun once more. A cancel alone closes it. */
function keepBegun(entry: Entry, { signal }: AbortController, found: BegunUpload): void {
  if (entry.controller.signal === signal && entry.shown.state !== 'cancelled') entry.begun = found;
  else if (signal.reason instanceof UploadPaused) giveUp(entry, found);
}

function giveUp({ port }: Entry, { uploadId }: BegunUpload): void {
  port.abort(uploadId).catch(() => {});
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
