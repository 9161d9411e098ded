/** A source as a web stream that remembers how it failed, for whoever reads it wraps errors in others of its own. */
export interface GuardedSource {
  stream: ReadableStream<Uint8Array>;
  /** The source's own error, if it had one. */
  failure(): { error: unknown } | undefined;
  isAtEnd(): boolean;
  /** Has the source close, whatever the stream's readers do. */
  close(): Promise<void>;
}

/** @param mayTake how many bytes may have been asked for by now; whoever asks for more gets `tooMuch` */
export function guardSource(
  source: AsyncIterable<Uint8Array>,
  { mayTake, tooMuch }: { mayTake: () => number; tooMuch: () => Error } = { mayTake: () => Infinity, tooMuch: Error },
): GuardedSource {
  const iterator = source[Symbol.asyncIterator]();
  let failure: { error: unknown } | undefined;
  let isAtEnd = false;
  let taken = 0;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
          isAtEnd = done === true;
          taken += value?.length ?? 0;
          if (taken > mayTake()) throw tooMuch();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          failure = { error };
          controller.error(error);
        }
      },
    },
    // Nothing is read ahead of what is asked for.
    { highWaterMark: 0 },
  );
  return {
    stream,
    failure: () => failure,
    isAtEnd: () => isAtEnd,
    async close() {
      await iterator.return?.();
    },
  };
}
