import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { HikyakuError } from '@hikyaku/types';
import { headersToSet } from './headers-to-set.ts';
import type { SendBodyAnswer, SendBodyRequest } from './send-body.ts';

const chunkBytes = 256 * 1024;

/** For Node. `fetch` would send a stream without its length, which S3 refuses, so it is `node:http`. */
export async function sendBodyWithHttp({ put, body, onProgress, signal }: SendBodyRequest): Promise<SendBodyAnswer> {
  signal.throwIfAborted();
  const send = new URL(put.url).protocol === 'https:' ? httpsRequest : httpRequest;
  const headers = { ...Object.fromEntries(headersToSet(put)), 'content-length': body.size };
  const request = send(put.url, { method: 'PUT', headers, signal });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
  const sent = pipeline(Readable.from(chunksOf(body, onProgress)), request);
  // An answer may come before the last byte (a refusal); what the rest of the body does then is of no interest.
  sent.catch(() => {});
  try {
    const response = await answered;
    return { status: response.statusCode ?? 0, text: await text(response) };
  } catch (cause) {
    signal.throwIfAborted();
    throw new HikyakuError('network', { cause, retriable: true });
  } finally {
    request.destroy();
  }
}

/** A chunk counts as sent when the next one is asked for. */
async function* chunksOf(body: Blob, onProgress: (sentBytes: number) => void): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.size; start += chunkBytes) {
    const chunk = body.slice(start, start + chunkBytes);
    yield new Uint8Array(await chunk.arrayBuffer());
    onProgress(start + chunk.size);
  }
}
