import { HikyakuError } from '@hikyaku/types';

/** What may be sent by its name; what it is, the worker tells by its bytes. */
const acceptedFileNames = '.csv, .csv.gz, .csv.age, .csv.gz.age';

const accepted = /\.csv(\.gz)?(\.age)?$/i;

/**
 * The content type a file is stored with.
 *
 * @param told by the browser: believed of plain files, which systems name in many ways
 * @throws HikyakuError `unsupported-file-type` where its name isn't one of an accepted type
 */
export function contentTypeOf(fileName: string, told: string): string {
  const match = accepted.exec(fileName);
  if (!match) throw new HikyakuError('unsupported-file-type', { details: { fileName, expected: acceptedFileNames } });
  if (match[2]) return 'application/octet-stream';
  return match[1] ? 'application/gzip' : told;
}
