import { type FileToQueue, identityOf, type QueueEntry } from './queue-entry.ts';

/** Tells for one file after the other which interrupted entry it is; each entry once. */
export function findInterrupted(entries: Iterable<QueueEntry>): (file: FileToQueue) => QueueEntry | undefined {
  const interrupted = new Map<string, QueueEntry[]>();
  for (const entry of entries) {
    if (entry.shown.state !== 'interrupted') continue;
    const key = keyOf(entry.identity);
    interrupted.set(key, [...(interrupted.get(key) ?? []), entry]);
  }
  return (file) => {
    const identity = identityOf(file);
    const alike = interrupted.get(keyOf(identity)) ?? [];
    // Chosen alone it comes without the folders it was sent with.
    const found =
      alike.find((entry) => entry.identity.name === identity.name) ?? (isAlone(identity) ? alike[0] : undefined);
    if (found) alike.splice(alike.indexOf(found), 1);
    return found;
  };
}

/** Whether this is the file that was on its way. */
export function isFileOf({ identity }: QueueEntry, file: File): boolean {
  return keyOf(identity) === keyOf(identityOf({ file }));
}

function isAlone({ name }: QueueEntry['identity']): boolean {
  return !name.includes('/');
}

function keyOf({ name, sizeBytes, lastModified }: QueueEntry['identity']): string {
  return `${name.slice(name.lastIndexOf('/') + 1)}/${sizeBytes}/${lastModified}`;
}
