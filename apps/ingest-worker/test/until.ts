const pollMilliseconds = 20;

/** Polls until there is something to return. @throws after `seconds`, naming what was waited for */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: string,
  seconds = 40,
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
