import { HikyakuError, untilAborted } from '@hikyaku/types';
import { createConnectionBudget } from './connection-budget.ts';
import { cutStream } from './cut-stream.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';
import { digestWhole } from './digest-whole.ts';
import { putParts } from './put-parts.ts';
import { retry } from './retry.ts';
import { sendBodyWithHttp } from './send-body-with-http.ts';
import { defaultPatience, type UploadPatience } from './upload-patience.ts';
import type { UploadPort } from './upload-port.ts';
import { wholeDigestWithNode } from './whole-digest-with-node.ts';

/** What our server does for a stream; see `UploadPort` for what may be repeated. */
export interface StreamPort extends Pick<UploadPort, 'signParts' | 'abort'> {
  create(): Promise<{ uploadId: string; partSizeBytes: number } | { uploadId: string; method: 'stored' }>;
  complete(uploadId: string, sizeBytes: number, sha256: string | undefined): Promise<void>;
}

export interface UploadStreamOptions {
  /** Read once. */
  stream: AsyncIterable<Uint8Array>;
  port: StreamPort;
  /** Bytes that storage has taken or that are on their way to it. */
  onProgress?: (sentBytes: number) => void;
  /** Aborting stops the bytes at once, closes the upload and rejects with the signal's reason. */
  signal?: AbortSignal;
  patience?: Partial<UploadPatience>;
}

/** Read and signed beside those that fly: each lies in memory. */
const partsAhead = 2;

/**
 * For Node: sends a stream whose length nobody knows, in parts, and has it confirmed. As many parts lie in memory as fly and a few
 * more, however long the stream is. Where the server has it already, the stream is not read.
 *
 * Fails as `uploadFile` does, with `empty-file`, and with what the stream itself throws; then the upload is closed.
 */
export async function uploadStream(
  options: UploadStreamOptions,
): Promise<{ uploadId: string; sizeBytes: number | undefined }> {
  const { port, signal = new AbortController().signal } = options;
  const patience = { ...defaultPatience, ...options.patience };
  signal.throwIfAborted();
  const creating = port.create();
  const closeWhenCancelled = () => {
    creating.then(({ uploadId }) => port.abort(uploadId)).catch(() => {});
  };
  signal.addEventListener('abort', closeWhenCancelled, { once: true });
  try {
    const created = await untilAborted(creating, signal);
    const { uploadId } = created;
    if ('method' in created) return { uploadId, sizeBytes: undefined };
    const { sizeBytes, sha256 } = await sendParts({ ...options, ...created, patience, signal });
    await retry(() => port.complete(uploadId, sizeBytes, sha256), patience, signal);
    return { uploadId, sizeBytes };
  } finally {
    signal.removeEventListener('abort', closeWhenCancelled);
  }
}

/** How many bytes there were, and their SHA-256. What fails closes the upload: nothing can come of the parts that are there. */
async function sendParts(
  options: UploadStreamOptions & {
    uploadId: string;
    partSizeBytes: number;
    patience: UploadPatience;
    signal: AbortSignal;
  },
): Promise<{ sizeBytes: number; sha256: string | undefined }> {
  const { port, uploadId, partSizeBytes, patience, signal, onProgress = () => {} } = options;
  const { stream, bytes } = measure(options.stream);
  const { parts, end } = digestWhole(cutStream(stream, partSizeBytes), wholeDigestWithNode());
  try {
    await putParts({
      bodies: parts,
      ahead: partsAhead,
      signParts: (wanted) => port.signParts(uploadId, wanted),
      digestBody: digestBodyWithNode,
      send: sendBodyWithHttp,
      connections: createConnectionBudget(),
      patience,
      onProgress,
      signal,
    });
    if (bytes() === 0) throw new HikyakuError('empty-file');
    return { sizeBytes: bytes(), sha256: await end() };
  } catch (error) {
    // A cancel closes it by itself.
    if (!signal.aborted) await port.abort(uploadId).catch(() => {});
    throw error;
  }
}

function measure(source: AsyncIterable<Uint8Array>): { stream: AsyncIterable<Uint8Array>; bytes: () => number } {
  let bytes = 0;
  async function* counted() {
    for await (const chunk of source) {
      bytes += chunk.byteLength;
      yield chunk;
    }
  }
  return { stream: counted(), bytes: () => bytes };
}
