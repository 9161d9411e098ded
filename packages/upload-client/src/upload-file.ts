import { HikyakuError } from '@hikyaku/types';
import { type BegunUpload, reopen, UploadPaused } from './begun-upload.ts';
import type { DigestBody } from './digest-body.ts';
import { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';
import { digestBodyWithWorker } from './digest-body-with-worker.ts';
import { createProgressReporter, type ProgressReporter } from './progress-reporter.ts';
import { putBody } from './put-body.ts';
import { digestOf, putParts } from './put-parts.ts';
import { retry } from './retry.ts';
import type { SendBody } from './send-body.ts';
import { sliceBody } from './slice-body.ts';
import { sendBodyWithXhr } from './send-body-with-xhr.ts';
import { untilAborted } from './until-aborted.ts';
import { defaultPatience, type UploadPatience } from './upload-patience.ts';
import type { CreatedUpload, UploadCandidate, UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';

/** Files up to here are digested as a whole before they are announced; larger ones part by part while they are sent. */
const wholeDigestBytes = 16 * 1024 ** 2;

export interface UploadFileOptions {
  file: Blob & { readonly name: string };
  /** As it is announced; default the file's own name. */
  fileName?: string;
  port: UploadPort;
  /** Begun before, and to be gone on with: what is there and still the same is not sent again. */
  begun?: BegunUpload | undefined;
  /** Told as soon as there is an upload that may be gone on with. */
  onBegun?: (begun: BegunUpload) => void;
  onProgress?: (progress: UploadProgress) => void;
  /**
   * Aborting stops the bytes at once, closes the upload and rejects with the signal's reason. With an `UploadPaused` for a reason
   * the upload is left open.
   */
  signal?: AbortSignal;
  /** Default: by XMLHttpRequest, as browsers have it. */
  sendBody?: SendBody;
  /** Default: in a Web Worker. */
  digestBody?: DigestBody;
  /** Shared with other uploads to the same storage. Default: as many as a browser opens to one host. */
  connections?: ConnectionBudget;
  patience?: Partial<UploadPatience>;
}

/** What everything below works with. */
interface Sending extends Required<
  Pick<UploadFileOptions, 'file' | 'fileName' | 'port' | 'signal' | 'digestBody' | 'connections'>
> {
  send: SendBody;
  patience: UploadPatience;
  progress: ProgressReporter;
}

/**
 * Sends one file straight to storage, in one PUT or in parts as the server says, and has it confirmed.
 *
 * Fails with a `HikyakuError` whose text is in `@hikyaku/texts`: what the port throws, `network`, `storage-refused`,
 * `storage-unavailable`, `checksum-mismatch` when the bytes kept being damaged on their way, or `size-mismatch` when the
 * file changed while it was read. An upload by one PUT, or one that could not be confirmed, stays open until it expires:
 * the bytes may have arrived even so, and then the event from storage counts. One in parts stays open too where a later try may
 * do better, and is closed where it can't.
 */
export async function uploadFile(options: UploadFileOptions): Promise<{ uploadId: string }> {
  const { file, port, signal = new AbortController().signal } = options;
  const sending: Sending = {
    file,
    fileName: options.fileName ?? file.name,
    port,
    signal,
    send: options.sendBody ?? sendBodyWithXhr,
    digestBody: options.digestBody ?? digestBodyWithWorker,
    connections: options.connections ?? createConnectionBudget(),
    patience: { ...defaultPatience, ...options.patience },
    progress: createProgressReporter(file.size, options.onProgress ?? (() => {})),
  };
  signal.throwIfAborted();
  sending.progress.enter('preparing', options.begun?.uploadId ?? null);
  const creating = openUpload(sending, options);
  const closeWhenCancelled = () => {
    if (signal.reason instanceof UploadPaused) return;
    const opened = creating.then(({ uploadId }) => uploadId).catch(() => options.begun?.uploadId);
    opened.then((uploadId) => (uploadId === undefined ? undefined : port.abort(uploadId))).catch(() => {});
  };
  signal.addEventListener('abort', closeWhenCancelled, { once: true });
  try {
    const created = await untilAborted(creating, signal);
    const { uploadId } = created;
    sending.progress.enter('preparing', uploadId);
    if (created.method !== 'stored') {
      await (created.method === 'single' ? sendWhole(sending, created) : sendInParts(sending, created));
      sending.progress.enter('confirming', uploadId);
      await retry(() => port.complete(uploadId), sending.patience, signal);
    }
    sending.progress.enter('done', uploadId);
    return { uploadId };
  } finally {
    signal.removeEventListener('abort', closeWhenCancelled);
  }
}

async function openUpload(
  sending: Sending,
  { begun, onBegun = () => {} }: Pick<UploadFileOptions, 'begun' | 'onBegun'>,
): Promise<CreatedUpload> {
  const { port, patience, signal } = sending;
  const opened = begun && (await retry(() => reopen(port, begun), patience, signal));
  const created = opened ?? (await create(sending));
  const { uploadId } = created;
  if (created.method === 'single') onBegun({ uploadId, method: 'single' });
  if (created.method === 'multipart') onBegun({ uploadId, method: 'multipart', partSizeBytes: created.partSizeBytes });
  return created;
}

async function create(sending: Sending): Promise<CreatedUpload> {
  const { port, patience, signal } = sending;
  const candidate = await describe(sending);
  let asked: Promise<CreatedUpload> | undefined;
  try {
    return await retry(() => (asked = port.create(candidate)), patience, signal);
  } catch (error) {
    // What is made in spite of a cancel has to be closed.
    if (signal.aborted && asked) return asked;
    throw error;
  }
}

async function describe({ file, fileName, digestBody, patience, signal }: Sending): Promise<UploadCandidate> {
  const candidate = { requestId: crypto.randomUUID(), fileName, sizeBytes: file.size, contentType: file.type };
  if (file.size > wholeDigestBytes) return candidate;
  return { ...candidate, digest: await digestOf(file, digestBody, patience, signal) };
}

function sendWhole(
  { file, port, send, connections, patience, progress, signal }: Sending,
  { uploadId, put }: CreatedUpload & { method: 'single' },
): Promise<void> {
  const presignAgain = () => port.presignAgain(uploadId);
  return putBody({ body: file, put, presignAgain, send, connections, patience, onProgress: progress.sent, signal });
}

async function sendInParts(
  { file, port, send, digestBody, connections, patience, progress, signal }: Sending,
  { uploadId, partSizeBytes, sentParts = [] }: CreatedUpload & { method: 'multipart' },
): Promise<void> {
  try {
    await putParts({
      bodies: sliceBody(file, partSizeBytes),
      sentParts,
      signParts: (parts) => port.signParts(uploadId, parts),
      digestBody,
      send,
      connections,
      patience,
      onProgress: progress.sent,
      signal,
    });
  } catch (error) {
    // Nothing can come of the parts that are there. A cancel closes it by itself.
    if (!signal.aborted && !mayGoOn(error)) port.abort(uploadId).catch(() => {});
    throw error;
  }
}

/** A line that broke may hold the next time: the parts that are there need not be sent again then. */
function mayGoOn(error: unknown): boolean {
  return error instanceof HikyakuError && error.retriable;
}
