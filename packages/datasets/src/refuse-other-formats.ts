import { type FileFormat, HikyakuError } from '@hikyaku/types';

/** What people send by mistake, by its first bytes in hexadecimal. */
const beginnings: [format: string, hexadecimal: string][] = [
  ['gzip', '1f8b'],
  ['pdf', '255044462d'],
  ['png', '89504e470d0a'],
  ['jpeg', 'ffd8ff'],
  ['gif', '474946383761'],
  ['gif', '474946383961'],
  // Also the shell around a workbook with a password.
  ['xls', 'd0cf11e0'],
  ['age', '6167652d656e6372797074696f6e'],
  ['rtf', '7b5c727466'],
  ['html', '3c21'],
  ['html', '3c68746d6c'],
  ['xml', '3c3f786d6c'],
  ['sqlite', '53514c69746520666f726d6174'],
  ['parquet', '5041523115'],
];
const zipBeginnings = ['504b0304', '504b0506'];
/** Names that an Office file's first entries have. */
const officeNames = /\[Content_Types\]\.xml|_rels\/|docProps\/|customXml\/|(xl|word|ppt)\//;

/** What a file is by its first bytes, as far as those tell; undefined for texts and what nobody knows. */
export function formatOf(head: Uint8Array): string | undefined {
  const beginning = [...head.subarray(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (zipBeginnings.some((zip) => beginning.startsWith(zip))) {
    return officeNames.test(new TextDecoder('latin1').decode(head)) ? 'office' : 'zip';
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
  // A workbook is a zip of parts, in any order.
  if (expected === 'xlsx' && (found === 'office' || found === 'zip')) return;
  if (found) throw new HikyakuError('other-format', { details: { found, expected } });
}
