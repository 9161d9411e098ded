import type { FileEncoding } from '@hikyaku/types';

/** What a file's characters turned out to be written in. */
export type TextEncoding = Exclude<FileEncoding, 'auto'>;
