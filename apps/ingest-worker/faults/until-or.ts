const pollMilliseconds = 50;

/** Polls until it is so; gives up in silence after `seconds`. What can't be asked is not so yet. */
export async function untilOr(seconds: number, look: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1_000;
  while (Date.now() < end) {
    if (await look().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}
