import type { FileIdentity } from './upload-memory.ts';

export function isSameFile(one: FileIdentity, other: FileIdentity): boolean {
  return one.name === other.name && one.sizeBytes === other.sizeBytes && one.lastModified === other.lastModified;
}
