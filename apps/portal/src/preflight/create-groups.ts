export interface GroupLimits {
  size: number;
  /** After so long a group is handed on as it is. */
  milliseconds: number;
}

/** Hands items on together: once they are enough, or have waited long enough. */
export function createGroups<Item>(handOn: (items: readonly Item[]) => void, { size, milliseconds }: GroupLimits) {
  let group: Item[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const complete = group;
    group = [];
    if (complete.length > 0) handOn(complete);
  };
  return {
    add(item: Item) {
      group.push(item);
      if (group.length >= size) flush();
      else timer ??= setTimeout(flush, milliseconds);
    },
    /** What is left. */
    flush,
  };
}
