import type { ErrorText } from './error-text.ts';

/** The three parts in their order, so that a table reads as people will read it. */
export function say(whatHappened: string, whatBecameOfFile: string | null, whatToDo: string): ErrorText {
  return { whatHappened, whatBecameOfFile, whatToDo };
}
