import type { HikyakuError } from '@hikyaku/types';
import { asHikyakuError } from './as-hikyaku-error.ts';
import type { BegunUpload } from './begun-upload.ts';
import { closeUpload } from './close-upload.ts';
import type { ConnectionBudget } from './connection-budget.ts';
import { mayGoOn } from './may-go-on.ts';
import type { QuietMemory } from './memory/quiet-memory.ts';
import { asRemembered, atRest, isSettled, type QueueEntry } from './queue-entry.ts';
import type { QueuedUpload } from './queued-upload.ts';
import type { UploadFileOptions } from './upload-file.ts';
import type { UploadPatience } from './upload-patience.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';

/** Writing each step down would keep the disk busy. */
const rememberEveryMilliseconds = 2_000;

export interface EntrySenderOptions {
  portOf: (destination: string) => UploadPort;
  memory: QuietMemory;
  connections: ConnectionBudget;
  patience: UploadPatience;
  upload: (options: UploadFileOptions) => Promise<{ uploadId: string }>;
  show: (entry: QueueEntry, change: Partial<QueuedUpload>) => void;
  /** Told of a failure that each other file would have too; the file itself is left as it is. */
  onConcernsAll: (entry: QueueEntry, error: HikyakuError) => void;
}

export interface EntrySender {
  /** Sends one file, and writes down how far it is. Ends when it has ended, or without a word when the controller aborts. */
  send: (entry: QueueEntry, controller: AbortController) => Promise<void>;
  /** Of what nobody will go on with: closes the upload, and forgets it. */
  close: (entry: QueueEntry) => void;
}

/** What becomes of one entry of a queue while it is its turn. */
export function createEntrySender(options: EntrySenderOptions): EntrySender {
  const { portOf, memory, connections, patience, upload, show, onConcernsAll } = options;

  const progressOf = (entry: QueueEntry, { signal }: AbortController) => {
    let rememberedAt = performance.now();
    return ({ phase, ...progress }: UploadProgress) => {
      if (signal.aborted) return;
      show(entry, { ...progress, state: phase });
      if (phase !== 'sending' || performance.now() - rememberedAt < rememberEveryMilliseconds) return;
      rememberedAt = performance.now();
      void memory.remember([asRemembered(entry)]);
    };
  };
  /** An upload may be there only after its file was cancelled, or paused and begun once more. */
  const keepBegun = async (entry: QueueEntry, { signal }: AbortController, found: BegunUpload) => {
    if (entry.controller.signal === signal && !isSettled(entry)) {
      entry.begun = found;
      await memory.remember([asRemembered(entry)]);
    } else if (signal.aborted) void giveUp(entry, found);
  };
  const giveUp = async (entry: QueueEntry, { uploadId }: BegunUpload) => {
    const { controller, destination, identity } = entry;
    const { isStored } = await closeUpload(portOf(destination), uploadId, patience);
    if (!isStored || entry.controller !== controller || entry.shown.state !== 'cancelled') return;
    show(entry, { state: 'done', uploadId, sentBytes: identity.sizeBytes });
  };
  const forget = (entry: QueueEntry) => {
    entry.begun = undefined;
    void memory.forget([entry.id]);
  };
  const fail = (entry: QueueEntry, error: HikyakuError) => {
    if (concernsAll(error)) {
      onConcernsAll(entry, error);
      return;
    }
    if (!mayGoOn(error)) forget(entry);
    show(entry, { ...atRest, state: 'failed', error });
  };

  return {
    async send(entry, controller) {
      const { file, recipients, begun, destination, identity } = entry;
      if (!file) return;
      try {
        await upload({
          file,
          fileName: identity.name,
          recipients,
          begun,
          port: portOf(destination),
          connections,
          patience,
          onBegun: (found) => keepBegun(entry, controller, found),
          onProgress: progressOf(entry, controller),
          signal: controller.signal,
        });
        if (controller.signal.aborted) return;
        show(entry, { state: 'done' });
        forget(entry);
      } catch (error) {
        if (!controller.signal.aborted) fail(entry, asHikyakuError(error));
      }
    },
    close(entry) {
      if (entry.begun) void giveUp(entry, entry.begun);
      forget(entry);
    },
  };
}

/** Who is signed out is so for every file. */
function concernsAll({ code }: HikyakuError): boolean {
  return code === 'unauthenticated';
}
