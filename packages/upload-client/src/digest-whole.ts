import type { DigestedBody } from './digest-body.ts';
import type { WholeDigest } from './whole-digest.ts';

/** Parts on their way, and what all of them are. */
export interface WholeOfParts<Part> {
  /** The same parts, once. */
  parts: AsyncIterable<Part>;
  /** SHA-256 of the whole; undefined where not all parts went by, or one was missed. The last thing asked for; never fails. */
  end: () => Promise<string | undefined>;
}

/** Adds each part to the whole while whoever takes it works with it. Without the whole an upload goes on. */
export function digestWhole<Part extends Blob | DigestedBody>(
  parts: AsyncIterable<Part>,
  whole: WholeDigest,
): WholeOfParts<Part> {
  let isWhole = false;
  async function* added(): AsyncGenerator<Part, void, undefined> {
    let isMissed = false;
    for await (const part of parts) {
      const adding = whole.add(part instanceof Blob ? part : part.body).catch(() => {
        isMissed = true;
      });
      yield part;
      await adding;
    }
    isWhole = !isMissed;
  }
  return {
    parts: added(),
    async end() {
      const ended = whole.end().catch(() => undefined);
      return isWhole ? ended : undefined;
    },
  };
}
