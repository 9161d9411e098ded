/** What a person who waits is told: one line a step, with the seconds since the beginning. */
export interface Progress {
  step(text: string): void;
  note(text: string): void;
}

export function createProgress(write: (text: string) => void = (text) => process.stdout.write(text)): Progress {
  const begin = Date.now();
  return {
    step(text) {
      const seconds = ((Date.now() - begin) / 1_000).toFixed(1).padStart(6);
      write(`${seconds} s  ${text}\n`);
    },
    note(text) {
      write(`          ${text}\n`);
    },
  };
}
