import type { BegunUpload } from './begun-upload.ts';
import type { FileIdentity, LeftUpload, RememberedUpload } from './memory/upload-memory.ts';
import type { QueuedUpload } from './queued-upload.ts';

/** A file for a queue. */
export interface FileToQueue {
  readonly file: File;
  /** As it is to be announced, for example with its folders; default the file's own name. */
  readonly name?: string | undefined;
  /** Where the browser gave one: then the file can be gone on with after a reload without being chosen again. */
  readonly handle?: FileSystemFileHandle | undefined;
  /** For whom it is encrypted on its way; see `UploadFileOptions`. */
  readonly recipients?: readonly string[] | undefined;
}

/** What a queue keeps of a file beside what it shows. */
export interface QueueEntry {
  readonly id: string;
  readonly destination: string;
  identity: FileIdentity;
  readonly handle: FileSystemFileHandle | undefined;
  recipients: readonly string[] | undefined;
  /** Undefined while it is interrupted. */
  file: File | undefined;
  /** Of an interrupted one: as it was found. */
  left: LeftUpload | undefined;
  /** Whether it became this page's, once that was asked. */
  takingOver?: Promise<boolean>;
  controller: AbortController;
  /** What may be gone on with. */
  begun: BegunUpload | undefined;
  shown: QueuedUpload;
}

export const atRest = { bytesPerSecond: 0, secondsLeft: null };

export function newEntry({ file, name, handle, recipients }: FileToQueue, destination: string): QueueEntry {
  const id = crypto.randomUUID();
  const identity = identityOf({ file, name });
  const controller = new AbortController();
  const shown = asWaiting({ id, destination, identity });
  return { id, destination, identity, handle, recipients, file, left: undefined, controller, begun: undefined, shown };
}

export function interruptedEntry(left: LeftUpload): QueueEntry {
  const { id, destination, file: identity, begun, handle, recipients, sentBytes } = left;
  const shown: QueuedUpload = {
    ...asWaiting({ id, destination, identity }),
    state: 'interrupted',
    uploadId: begun?.uploadId ?? null,
    sentBytes,
    canReopen: handle !== undefined,
  };
  const controller = new AbortController();
  const what = { destination, identity, handle, recipients, file: undefined };
  return { id, ...what, left, controller, begun: begun ?? undefined, shown };
}

export function asWaiting({
  id,
  destination,
  identity,
}: Pick<QueueEntry, 'id' | 'destination' | 'identity'>): QueuedUpload {
  return {
    ...atRest,
    id,
    destination,
    fileName: identity.name,
    state: 'waiting',
    uploadId: null,
    sentBytes: 0,
    totalBytes: identity.sizeBytes,
    canReopen: false,
    error: null,
  };
}

export function identityOf({ file, name = file.name }: FileToQueue): FileIdentity {
  return { name, sizeBytes: file.size, lastModified: file.lastModified };
}

export function asRemembered(entry: QueueEntry): RememberedUpload {
  const { id, destination, identity, handle, recipients, begun, shown } = entry;
  const remembered = { id, destination, file: identity, begun: begun ?? null, sentBytes: shown.sentBytes };
  return { ...remembered, ...(handle && { handle }), ...(recipients && { recipients }) };
}

export function isActive({ shown }: QueueEntry): boolean {
  return shown.state === 'preparing' || shown.state === 'sending' || shown.state === 'confirming';
}

export function isSettled({ shown }: QueueEntry): boolean {
  return shown.state === 'done' || shown.state === 'failed' || shown.state === 'cancelled';
}
