import type { BodyDigest } from '@hikyaku/types';
import { createMemoryDigester } from './create-memory-digester.ts';

// Runs in a thread of its own: see `digest-body-with-worker.ts`.

export interface DigestRequest {
  id: number;
  body: Blob;
}

/** `digest` is missing where the body could not be read. */
export interface DigestAnswer {
  id: number;
  digest?: BodyDigest;
  failure?: string;
}

const digestBody = createMemoryDigester();

addEventListener('message', ({ data: { id, body } }: MessageEvent<DigestRequest>) => {
  digestBody(body).then(
    (digest) => postMessage({ id, digest } satisfies DigestAnswer),
    (error: unknown) => postMessage({ id, failure: String(error) } satisfies DigestAnswer),
  );
});
