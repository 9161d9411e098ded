export type Outcome<R> = { ok: true; value: R } | { ok: false; error: unknown };

/** Does the same with many, so many at a time; one result each, as they end. One that fails doesn't end the others. */
export async function* inParallel<T, R>(
  items: Iterable<T>,
  work: (item: T) => Promise<R>,
  most: number,
): AsyncGenerator<{ item: T; outcome: Outcome<R> }> {
  const running = new Map<T, Promise<{ item: T; outcome: Outcome<R> }>>();
  for (const item of items) {
    running.set(
      item,
      work(item).then(
        (value) => ({ item, outcome: { ok: true, value } }),
        (error: unknown) => ({ item, outcome: { ok: false, error } }),
      ),
    );
    if (running.size >= most) yield await takeFirst(running);
  }
  while (running.size > 0) yield await takeFirst(running);
}

async function takeFirst<T, R>(
  running: Map<T, Promise<{ item: T; outcome: Outcome<R> }>>,
): Promise<{ item: T; outcome: Outcome<R> }> {
  const first = await Promise.race(running.values());
  running.delete(first.item);
  return first;
}
