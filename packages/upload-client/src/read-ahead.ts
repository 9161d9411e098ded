/** Reads a source ahead of whoever takes from it, by no more than `most` items. Ends with the source's error. */
export async function* readAhead<T>(source: AsyncIterable<T>, most: number): AsyncGenerator<T> {
  const there: T[] = [];
  let end: { error?: unknown } | undefined;
  const stopped = new AbortController();
  let change = Promise.withResolvers<void>();
  const changed = () => {
    change.resolve();
    change = Promise.withResolvers();
  };
  const read = async () => {
    for await (const item of source) {
      there.push(item);
      changed();
      while (there.length >= most && !stopped.signal.aborted) await change.promise;
      if (stopped.signal.aborted) break;
    }
  };
  read()
    .then(
      () => (end = {}),
      (error: unknown) => (end = { error }),
    )
    .finally(changed);
  try {
    while (true) {
      if (there.length > 0) {
        const [item] = there.splice(0, 1);
        changed();
        if (item !== undefined) yield item;
      } else if (end) {
        if ('error' in end) throw end.error;
        return;
      } else {
        await change.promise;
      }
    }
  } finally {
    stopped.abort();
    changed();
  }
}
