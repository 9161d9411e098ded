import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const rotateAboveBytes = 10 * 1024 * 1024;

/** Called before a part starts: a log that grew large makes room for a new one, one old one is kept. */
export function rotateLog(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > rotateAboveBytes) renameSync(path, `${path}.1`);
}

export type WriteLogLine = (line: string) => void;

/** Before a part has started it has nothing to say. */
export const noLog: WriteLogLine = () => undefined;

/** A log for a part that lives inside the supervisor. Lines are rare, so each is written at once and none is lost. */
export function createPartLog(path: string): WriteLogLine {
  rotateLog(path);
  return (line) => appendFileSync(path, `${new Date().toISOString()} ${line}\n`);
}
