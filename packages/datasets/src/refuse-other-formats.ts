import { type FileFormat, HikyakuError } from '@hikyaku/types';

/** What people send by mistake, by its first bytes in hexadecimal. */
const beginnings: [format: string, hexadecimal: string][] = [
  ['gzip', '1f8b'],
  ['pdf', '25504446'],
  ['png', '89504e47'],
  ['jpeg', 'ffd8ff'],
  ['gif', '47494638'],
  // Also the shell around a workbook with a password.
  ['xls', 'd0cf11e0'],
  ['age', '6167652d656e63'],
  ['rtf', '7b5c727466'],
  ['html', '3c21'],
  ['html', '3c68746d6c'],
  ['xml', '3c3f786d6c'],
  ['sqlite', '53514c697465'],
  ['parquet', '50415231'],
];
const zipBeginnings = ['504b0304', '504b0506'];
/** Names that an Office file's first entries have. */
const officeNames = /\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|(xl|word|ppt)\//;

/** What a file is by its first bytes, as far as those tell; undefined for texts and what nobody knows. */
export function formatOf(head: Uint8Array): string | undefined {
  const beginning = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (zipBeginnings.some((zip) => beginning.startsWith(zip))) {
    return officeNames.test(new TextDecoder('latin1').decode(head)) ? 'xlsx' : 'zip';
  }
  return beginnings.find(([, hexadecimal]) => beginning.startsWith(hexadecimal))?.[0];
}

/**
 * Says what a file is that isn't what its dataset expects, before somebody reads it as that.
 *
 * @param head some hundred bytes of the beginning
 * @throws HikyakuError `other-format` (found, expected)
 */
export function refuseOtherFormats(head: Uint8Array, expected: FileFormat): void {
  const found = formatOf(head);
  if (found && found !== expected) throw new HikyakuError('other-format', { details: { found, expected } });
}
