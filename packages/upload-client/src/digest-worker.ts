import type { BodyDigest } from '@hikyaku/types';
import { digestBodyInMemory } from './digest-body-in-memory.ts';

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

addEventListener('message', ({ data: { id, body } }: MessageEvent<DigestRequest>) => {
  digestBodyInMemory(body).then(
    (digest) => postMessage({ id, digest } satisfies DigestAnswer),
    (error: unknown) => postMessage({ id, failure: String(error) } satisfies DigestAnswer),
  );
});
