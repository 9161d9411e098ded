import { type FileFormat, fileNameEndings } from '@hikyaku/types';
import type { FileToQueue } from '@hikyaku/upload-client';

/** What systems and programs leave in folders beside people's files. */
const leftBehind = /^(\.|~\$)|^(thumbs\.db|desktop\.ini)$/i;

/**
 * Of what was chosen, what is to be sent. A folder holds more than what was meant: other kinds of files in it are left out. A file
 * that was chosen itself always goes, and is refused with the reason where it doesn't fit.
 */
export function filesToSend(
  chosen: readonly FileToQueue[],
  format: FileFormat,
): { files: FileToQueue[]; leftOut: number } {
  const endings = fileNameEndings(format);
  const fits = (name: string) => endings.some((ending) => name.toLowerCase().endsWith(ending));
  const meant = chosen.filter(({ file, name }) => name === undefined || !leftBehind.test(file.name));
  const files = meant.filter(({ file, name }) => name === undefined || fits(file.name));
  return { files, leftOut: meant.length - files.length };
}
