import { untilAborted } from '@hikyaku/types';
import { asHikyakuError } from './as-hikyaku-error.ts';
import { type BegunUpload, reopen, UploadPaused } from './begun-upload.ts';
import type { DigestBody } from './digest-body.ts';
import { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';
import { digestBodyWithWorker } from './digest-body-with-worker.ts';
import { digestWhole } from './digest-whole.ts';
import { mayGoOn } from './may-go-on.ts';
import { createProgressReporter, type ProgressReporter } from './progress-reporter.ts';
import { putBody } from './put-body.ts';
import { plainContent } from './plain-content.ts';
import { putParts } from './put-parts.ts';
import { retry } from './retry.ts';
import { type SealedSoFar, sealContent } from './seal-content.ts';
import { sealWithWorker } from './seal-with-worker.ts';
import type { Sealer } from './sealer.ts';
import type { SendBody } from './send-body.ts';
import { sendBodyWithXhr } from './send-body-with-xhr.ts';
import type { UploadContent } from './upload-content.ts';
import { defaultPatience, type UploadPatience } from './upload-patience.ts';
import type { CreatedUpload, UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';
import type { BeginWholeDigest } from './whole-digest.ts';
import { wholeDigestWithWorker } from './whole-digest-with-worker.ts';

export interface UploadFileOptions {
  file: Blob & { readonly name: string };
  /** As it is announced; default the file's own name. */
  fileName?: string;
  port: UploadPort;
  /**
   * Encrypts the file on its way, for each of these (`age1…`) alone: it arrives as `<name>.age`. Given again where an encrypted upload is
   * gone on with.
   */
  recipients?: readonly string[] | undefined;
  /** Begun before, and to be gone on with: what is there and still the same is not sent again. */
  begun?: BegunUpload | undefined;
  /**
   * Told as soon as there is an upload that may be gone on with, and of an encrypted one again before each part leaves, which waits
   * for it: what was kept last is safe to go on with.
   */
  onBegun?: (begun: BegunUpload) => unknown;
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
  /** Default: in a Web Worker, loaded with the first file that is encrypted. */
  sealer?: Sealer;
  /** Of a file in parts. Default: in a Web Worker. */
  wholeDigest?: BeginWholeDigest;
  /** Shared with other uploads to the same storage. Default: as many as a browser opens to one host. */
  connections?: ConnectionBudget;
  patience?: Partial<UploadPatience>;
}

/** What everything below works with. */
interface Sending extends Required<
  Pick<
    UploadFileOptions,
    'file' | 'fileName' | 'port' | 'signal' | 'digestBody' | 'wholeDigest' | 'sealer' | 'connections'
  >
> {
  send: SendBody;
  patience: UploadPatience;
  progress: ProgressReporter;
}

interface OpenedUpload {
  created: CreatedUpload;
  content: UploadContent;
  /** Tells what to keep, as it stands now. */
  keep: () => unknown;
}

/**
 * Sends one file straight to storage, in one PUT or in parts as the server says, and has it confirmed.
 *
 * Fails with a `HikyakuError` whose text is in `@hikyaku/texts`: what the port throws, `network`, `storage-refused`,
 * `storage-unavailable`, `checksum-mismatch` when the bytes kept being damaged on their way, or `file-changed` when the
 * file was moved or saved over since it was chosen, and, encrypted, since an earlier try: no byte of other content leaves under the same key, and the
 * next try is an upload of its own. An upload by one PUT, or one that could not be confirmed, stays open until it expires:
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
    sealer: options.sealer ?? sealWithWorker,
    wholeDigest: options.wholeDigest ?? wholeDigestWithWorker,
    connections: options.connections ?? createConnectionBudget(),
    patience: { ...defaultPatience, ...options.patience },
    progress: createProgressReporter(file.size, options.onProgress ?? (() => {})),
  };
  signal.throwIfAborted();
  sending.progress.enter('preparing', options.begun?.uploadId ?? null);
  const creating = openUpload(sending, options);
  const closeWhenCancelled = () => {
    if (signal.reason instanceof UploadPaused) return;
    const opened = creating.then(({ created }) => created.uploadId).catch(() => options.begun?.uploadId);
    opened.then((uploadId) => (uploadId === undefined ? undefined : port.abort(uploadId))).catch(() => {});
  };
  signal.addEventListener('abort', closeWhenCancelled, { once: true });
  try {
    const opened = await untilAborted(creating, signal);
    const { created } = opened;
    const { uploadId } = created;
    sending.progress.enter('preparing', uploadId);
    if (created.method !== 'stored') {
      const sha256 = await (created.method === 'single'
        ? sendWhole(sending, opened, created)
        : sendInParts(sending, opened, created));
      sending.progress.enter('confirming', uploadId);
      await retry(() => port.complete(uploadId, sha256), sending.patience, signal);
    }
    sending.progress.enter('done', uploadId);
    return { uploadId };
  } finally {
    signal.removeEventListener('abort', closeWhenCancelled);
  }
}

async function openUpload(
  sending: Sending,
  { begun, recipients, onBegun = () => {} }: Pick<UploadFileOptions, 'begun' | 'recipients' | 'onBegun'>,
): Promise<OpenedUpload> {
  const { port, patience, signal, progress } = sending;
  // What was begun in the open is not gone on with encrypted.
  const isOther = begun && recipients && !begun.sealed;
  if (isOther) port.abort(begun.uploadId).catch(() => {});
  const opened = begun && !isOther ? await retry(() => reopen(port, begun), patience, signal) : undefined;
  const content = await contentOf(sending, recipients, opened && begun?.sealed);
  progress.measure(content.sizeBytes);
  const created = opened ?? (await create(sending, content));
  const keep = () => {
    if (created.method === 'stored') return undefined;
    const { uploadId } = created;
    const sealed = content.sealed && { sealed: content.sealed };
    if (created.method === 'single') return onBegun({ uploadId, method: 'single', ...sealed });
    return onBegun({ uploadId, method: 'multipart', partSizeBytes: created.partSizeBytes, ...sealed });
  };
  void keep();
  return { created, content, keep };
}

async function contentOf(
  sending: Sending,
  recipients: readonly string[] | undefined,
  sealed: SealedSoFar | undefined,
): Promise<UploadContent> {
  return recipients || sealed
    ? sealContent({ ...sending, recipients: recipients ?? [] }, sealed)
    : plainContent(sending);
}

async function create({ port, patience, signal }: Sending, content: UploadContent): Promise<CreatedUpload> {
  const candidate = { requestId: crypto.randomUUID(), ...(await content.candidate()) };
  let asked: Promise<CreatedUpload> | undefined;
  try {
    return await retry(() => (asked = port.create(candidate)), patience, signal);
  } catch (error) {
    // What is made in spite of a cancel has to be closed.
    if (signal.aborted && asked) return asked;
    throw error;
  }
}

/** Its digest was told when it was begun. */
async function sendWhole(
  { port, send, connections, patience, progress, signal }: Sending,
  { content, keep }: OpenedUpload,
  { uploadId, put }: CreatedUpload & { method: 'single' },
): Promise<undefined> {
  const body = await closedUnlessMayGoOn(() => content.whole(), { port, uploadId, signal });
  if (content.sealed) await keep();
  const presignAgain = () => port.presignAgain(uploadId);
  await putBody({ body, put, presignAgain, send, connections, patience, onProgress: progress.sent, signal });
}

/** SHA-256 of the whole. */
async function sendInParts(
  { port, send, digestBody, wholeDigest, connections, patience, progress, signal }: Sending,
  { content, keep }: OpenedUpload,
  { uploadId, partSizeBytes, sentParts = [] }: CreatedUpload & { method: 'multipart' },
): Promise<string | undefined> {
  const { parts, end } = digestWhole(content.parts(partSizeBytes, sentParts), wholeDigest());
  const put = () =>
    putParts({
      bodies: content.sealed ? eachAfter(parts, keep) : parts,
      ...(content.ahead !== undefined && { ahead: content.ahead }),
      sentParts,
      signParts: (wanted) => port.signParts(uploadId, wanted),
      digestBody,
      send,
      connections,
      patience,
      onProgress: progress.sent,
      signal,
    });
  try {
    await closedUnlessMayGoOn(put, { port, uploadId, signal });
    return await end();
  } catch (error) {
    void end();
    throw error;
  }
}

/** Closes the upload where nothing can come of the parts that are there. A cancel closes it by itself. */
async function closedUnlessMayGoOn<T>(
  work: () => Promise<T>,
  { port, uploadId, signal }: { port: UploadPort; uploadId: string; signal: AbortSignal },
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!signal.aborted && !mayGoOn(asHikyakuError(error))) port.abort(uploadId).catch(() => {});
    throw error;
  }
}

async function* eachAfter<T>(items: AsyncIterable<T>, work: () => unknown): AsyncGenerator<T> {
  for await (const item of items) {
    await work();
    yield item;
  }
}
