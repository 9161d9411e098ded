import { type FileFormat, fileNameEndings, HikyakuError, readFileName } from '@hikyaku/types';

/**
 * The content type a file is stored with.
 *
 * @param told by the browser: believed of plain files, which systems name in many ways
 * @throws HikyakuError `unsupported-file-type` where its name isn't one that files of the dataset's format have
 */
export function contentTypeOf(fileName: string, told: string, format: FileFormat): string {
  const layers = readFileName(fileName, format);
  if (!layers) {
    const endings = fileNameEndings(format).join(' ');
    throw new HikyakuError('unsupported-file-type', { details: { fileName, endings } });
  }
  if (layers.isEncrypted) return 'application/octet-stream';
  if (!layers.isCompressed) return told;
  return /\.zip$/i.test(fileName) ? 'application/zip' : 'application/gzip';
}
