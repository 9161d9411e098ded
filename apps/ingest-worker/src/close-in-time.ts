/**
 * Closes parts all at once and waits for them as long as it may take; returns the names of those that have not closed by
 * then. What is still open ends with the process.
 */
export async function closeInTime(
  parts: Readonly<Record<string, () => Promise<unknown>>>,
  seconds: number,
): Promise<string[]> {
  const open = new Set(Object.keys(parts));
  const closing = Object.entries(parts).map(async ([name, close]) => {
    // One that can't say goodbye is closed as well.
    await close().catch(() => undefined);
    open.delete(name);
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, seconds * 1_000);
  });
  await Promise.race([Promise.all(closing), late]);
  clearTimeout(timer);
  return [...open];
}
