import type { PartName } from './part.ts';

export type LocalCloudErrorCode =
  | 'already-running'
  | 'data-folder-unusable'
  | 'port-taken'
  | 'debian-packages-missing'
  | 'postgres-binaries-missing'
  | 'cannot-drop-root'
  | 'part-missing'
  | 'part-failed';

/**
 * The one error of this package. `message` is for a developer and says what to do next; decide by `code`, never by the text.
 */
export class LocalCloudError extends Error {
  override readonly name = 'LocalCloudError';
  readonly code: LocalCloudErrorCode;
  /** The part that could not do its work; absent when the whole cloud is meant. */
  readonly part: PartName | undefined;

  constructor(code: LocalCloudErrorCode, message: string, options: { part?: PartName; cause?: unknown } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.part = options.part;
  }
}
