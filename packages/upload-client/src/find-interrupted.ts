import { type FileToQueue, identityOf, type QueueEntry } from './queue-entry.ts';

/**
 * Tells for one file after the other which interrupted entry it is; each entry once. Files are known by their names first: size and time
 * of change cost a browser a look at the disk, half a second for every 1,500 files.
 */
export function findInterrupted(entries: Iterable<QueueEntry>): (file: FileToQueue) => QueueEntry | undefined {
  const interrupted = new Map<string, QueueEntry[]>();
  for (const entry of entries) {
    if (entry.shown.state !== 'interrupted') continue;
    const name = ownNameOf(entry.identity.name);
    interrupted.set(name, [...(interrupted.get(name) ?? []), entry]);
  }
  return (given) => {
    const { file, name = file.name } = given;
    const sameName = interrupted.get(ownNameOf(name)) ?? [];
    if (sameName.length === 0) return undefined;
    const alike = sameName.filter((entry) => isFileOf(entry, file));
    // Chosen alone it comes without the folders it was sent with.
    const found = alike.find((entry) => entry.identity.name === name) ?? (isAlone(name) ? alike[0] : undefined);
    if (found) sameName.splice(sameName.indexOf(found), 1);
    return found;
  };
}

/** Whether this is the file that was on its way. */
export function isFileOf({ identity }: QueueEntry, file: File): boolean {
  const { name, sizeBytes, lastModified } = identityOf({ file });
  return (
    name === ownNameOf(identity.name) && sizeBytes === identity.sizeBytes && lastModified === identity.lastModified
  );
}

function isAlone(name: string): boolean {
  return !name.includes('/');
}

/** Without its folders. */
function ownNameOf(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
