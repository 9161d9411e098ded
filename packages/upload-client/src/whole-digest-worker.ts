import { answerThreadCalls } from './answer-thread-calls.ts';
import { createWholeDigests } from './create-whole-digests.ts';

// Runs in a thread of its own: see `whole-digest-with-worker.ts`.

/** With a part: it is the next of the object, counted from 0. Without: there were so many, and that was all. */
export interface WholeDigestQuestion {
  object: number;
  index: number;
  part?: Blob;
}

/** Of a whole, in base64. */
export type WholeDigestAnswer = string | undefined;

const wholes = createWholeDigests();

answerThreadCalls(async ({ object, index, part }: WholeDigestQuestion): Promise<WholeDigestAnswer> => {
  if (!part) return wholes.end(object, index);
  await wholes.add(object, index, part);
  return undefined;
});
