import type { FileToQueue } from '@hikyaku/upload-client';

/** What somebody chose or dropped. */
export interface ChosenFiles {
  files: FileToQueue[];
  /** Names of what is there and can't be read: no right to it, on a share that is away, deleted meanwhile. */
  unreadable: string[];
}
