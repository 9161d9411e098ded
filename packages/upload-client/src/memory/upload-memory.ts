import type { BegunUpload } from '../begun-upload.ts';

/** A file on its way as a browser remembers it: what it takes to go on with it when the page comes back. */
export interface RememberedUpload {
  /** Unique among all pages. */
  readonly id: string;
  /** Where it goes: what the queue's `portOf` takes. */
  readonly destination: string;
  readonly file: FileIdentity;
  /** Whom it is encrypted for on its way; absent where it goes as it is. */
  readonly recipients?: readonly string[];
  /** Null while it waits for its turn. Of an encrypted one with the key of this file. */
  readonly begun: BegunUpload | null;
  /** What storage had when it was last looked at. */
  readonly sentBytes: number;
  /** Where the browser gave one, the file can be read again without being chosen again. */
  readonly handle?: FileSystemFileHandle;
}

/** By what a file is known again when it is chosen once more. What was sent of it is compared part by part anyway. */
export interface FileIdentity {
  /** As it is announced: with its folders, where it came in some. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970, as the disk says. */
  readonly lastModified: number;
}

/** Remembered, and by which page. */
export interface LeftUpload extends RememberedUpload {
  readonly page: string;
}

/**
 * What is remembered of one person's uploads, shared by all pages of a browser. Each upload belongs to the page that
 * remembered it last; one whose page is gone is left, and may be taken over by another page, by one alone.
 */
export interface UploadMemory {
  /** Replaces what was remembered under the same id; all or nothing. */
  remember(uploads: readonly RememberedUpload[]): Promise<void>;
  forget(ids: readonly string[]): Promise<void>;
  /** Those whose page is gone, in the order they were first remembered. */
  listLeft(): Promise<LeftUpload[]>;
  /** Makes it this page's. False where another page was quicker. */
  takeOver(left: LeftUpload): Promise<boolean>;
  /** Told when another page took one over. Returns how to stop listening. */
  subscribe(listener: () => void): () => void;
  /** Leaves what this page remembered to the others. */
  close(): void;
}
