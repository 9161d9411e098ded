/** A source as a web stream that remembers how it failed, for whoever reads it wraps errors in others of its own. */
export interface GuardedSource {
  stream: ReadableStream<Uint8Array>;
  /** The source's own error, if it had one. */
  failure(): { error: unknown } | undefined;
  /** Has the source close, whatever the stream's readers do. */
  close(): Promise<void>;
}

export function guardSource(source: AsyncIterable<Uint8Array>): GuardedSource {
  const iterator = source[Symbol.asyncIterator]();
  let failure: { error: unknown } | undefined;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await iterator.next();
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
    async close() {
      await iterator.return?.();
    },
  };
}
