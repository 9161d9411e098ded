import { setTimeout as delay } from 'node:timers/promises';
import { type BodyDigest, HikyakuError, type Locale } from '@hikyaku/types';
import type { z } from 'zod';
import { CommandFailure } from '../command-failure.ts';
import type { KeptLogin } from '../credentials/kept-login.ts';
import {
  type BegunUpload,
  begunUpload,
  type DatasetAnswer,
  datasets,
  type RecipientAnswer,
  recipients,
  refusedLines,
  signedParts,
  signedReceipt,
  storedParts,
  upload,
  type UploadAnswer,
  uploads,
} from './answers.ts';
import type { Fetch, HttpAnswer } from './fetch.ts';
import { connectionError, problemError } from './problem-error.ts';
import { readJson, UnreadableAnswer } from './read-json.ts';
import { createSilenceLimit } from './silence-limit.ts';

export interface NewUpload {
  dataset: string;
  fileName: string;
  contentType?: string;
  method: 'single' | 'multipart';
  /** Left out of a stream that nobody knows the end of. */
  sizeBytes?: number;
  digest?: BodyDigest;
  /** In hexadecimal; before compression and encryption. */
  contentSha256?: string;
}

export interface V1Options {
  login: KeptLogin;
  locale: Locale;
  fetch: Fetch;
  signal: AbortSignal;
  /** Of one request; the first included. */
  mostTries?: number;
  /** For one answer, and of a file for each piece of it. Default: beyond what the server itself holds an answer back. */
  timeoutMilliseconds?: number;
}

interface Asking {
  body?: unknown;
  headers?: Record<string, string>;
  /** Ends the one request, which may be tried again. */
  patience?: AbortSignal;
}

export type V1Client = ReturnType<typeof createV1Client>;

const usualTries = 5;
const usualTimeoutMilliseconds = 90_000;
const longestDelaySeconds = 30;

/**
 * Hikyaku's API for scripts. What may pass (network, 429, 5xx) is tried again; all that is sent here does no harm twice.
 *
 * @throws HikyakuError as the server's problem says; CommandFailure not-our-server, redirected, untrusted-server, server-said
 */
export function createV1Client(options: V1Options) {
  const { login, timeoutMilliseconds = usualTimeoutMilliseconds } = options;

  const ask = async (method: string, path: string, { body, headers = {}, patience }: Asking = {}) => {
    const url = new URL(`/v1/${path}`, login.url);
    const request = {
      method,
      headers: {
        authorization: `Bearer ${login.token}`,
        'accept-language': options.locale,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A token goes where it was meant to go, and nowhere on from there.
      redirect: 'manual',
      signal: AbortSignal.any([options.signal, patience ?? AbortSignal.timeout(timeoutMilliseconds)]),
    } as const;
    const answer = await options.fetch(url, request).catch((error: unknown) => {
      options.signal.throwIfAborted();
      throw connectionError(error, login.url);
    });
    if (!answer.ok) throw await problemError(answer, login.url);
    return answer;
  };

  const patiently = <T>(work: () => Promise<T>) =>
    tryAgain(work, options.mostTries ?? usualTries, options.signal).catch((error: unknown) => {
      // A page that comes each time is of no moody proxy: something else answers there.
      if (!(error instanceof UnreadableAnswer)) throw error;
      throw new CommandFailure('not-our-server', { url: login.url, status: error.status }, { cause: error });
    });

  const parsed = async <T>(schema: z.ZodType<T>, answer: HttpAnswer): Promise<T> => {
    const { data } = schema.safeParse(await readJson(answer));
    if (data === undefined) throw new CommandFailure('not-our-server', { url: login.url, status: answer.status });
    return data;
  };

  const read = <T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown) =>
    patiently(async () => parsed(schema, await ask(method, path, { body })));

  const openFile = async (path: string): Promise<AsyncIterable<Uint8Array>> => {
    const silence = createSilenceLimit(timeoutMilliseconds);
    try {
      const { body } = await ask('GET', path, { patience: silence.signal });
      return whole(silence.through(body ?? nothing()));
    } catch (error) {
      silence.end();
      throw error;
    }
  };

  async function* whole(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* pieces;
    } catch (error) {
      options.signal.throwIfAborted();
      throw connectionError(error, login.url);
    }
  }

  return {
    createUpload: (request: NewUpload, idempotencyKey: string): Promise<BegunUpload> =>
      patiently(async () => {
        const answer = await ask('POST', 'uploads', {
          body: request,
          headers: { 'idempotency-key': idempotencyKey },
        });
        return { ...(await parsed(begunUpload, answer)), isReplay: answer.status === 200 };
      }),
    signParts: (uploadId: string, parts: ({ partNumber: number; sizeBytes?: number } & BodyDigest)[]) =>
      read(signedParts, 'POST', ofUpload(uploadId, '/parts'), { parts }),
    listParts: (uploadId: string) => read(storedParts, 'GET', ofUpload(uploadId, '/parts')),
    completeUpload: (uploadId: string, sent: { sizeBytes?: number; sha256?: string }): Promise<UploadAnswer> =>
      read(upload, 'POST', ofUpload(uploadId, '/complete'), sent),
    cancelUpload: (uploadId: string): Promise<UploadAnswer> => read(upload, 'DELETE', ofUpload(uploadId)),
    getUpload: (uploadId: string, waitSeconds = 0): Promise<UploadAnswer> =>
      read(upload, 'GET', ofUpload(uploadId, `?wait=${waitSeconds}`)),
    listUploads: async (filter: { dataset?: string; limit: number }): Promise<UploadAnswer[]> => {
      const query = new URLSearchParams({ limit: String(filter.limit) });
      if (filter.dataset !== undefined) query.set('dataset', filter.dataset);
      return (await read(uploads, 'GET', `uploads?${query}`)).items;
    },
    listDatasets: async (): Promise<DatasetAnswer[]> => (await read(datasets, 'GET', 'datasets')).items,
    listRecipients: async (): Promise<RecipientAnswer[]> => (await read(recipients, 'GET', 'recipients')).items,
    listRejects: (uploadId: string, cursor: string | null) =>
      read(
        refusedLines,
        'GET',
        ofUpload(uploadId, `/rejects?limit=1000${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`),
      ),
    getReceipt: (uploadId: string) => read(signedReceipt, 'GET', ofUpload(uploadId, '/receipt')),
    /** The refused lines as a file, in the encoding they were sent in. */
    openRejects: (uploadId: string): Promise<AsyncIterable<Uint8Array>> =>
      patiently(() => openFile(ofUpload(uploadId, '/rejects.csv'))),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function ofUpload(uploadId: string, rest = ''): string {
  return `uploads/${encodeURIComponent(uploadId)}${rest}`;
}

async function tryAgain<T>(work: () => Promise<T>, mostTries: number, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof HikyakuError) || !error.retriable || tries >= mostTries) throw error;
      await delay(delaySeconds(error, tries) * 1_000, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** As the server says, else growing; half of it by chance, for nightly jobs all begin at once. */
function delaySeconds({ details }: HikyakuError, tries: number): number {
  const asked = Number(details['retryAfterSeconds']);
  if (asked > 0) return asked;
  return Math.min(0.5 * 2 ** (tries - 1), longestDelaySeconds) * (0.5 + Math.random() / 2);
}
