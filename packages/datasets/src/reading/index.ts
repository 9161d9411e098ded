// How files are read, in browsers too: nothing here may import a schema, which would bring 40 KB of zod.
export { CanonicalRecord } from '../canonical-record.ts';
export { booleanWords, cellPatterns, longestNumberBytes } from '../cells/cell-patterns.ts';
export { namedValues } from '../cells/named-values.ts';
export { keyColumnBytes } from '../cells/plain-cell.ts';
export { PlainRowCheck } from '../cells/plain-row-check.ts';
export { CsvRecordScanner, type CsvRecordScannerOptions } from '../csv-record-scanner.ts';
export type { CsvRecord } from '../csv-record.ts';
export { describeFault, type RecordFault } from '../describe-fault.ts';
export { JsonLinesScanner } from '../json-lines-scanner.ts';
export { fieldStart } from '../field-start.ts';
export {
  columnLimit,
  type HeaderColumn,
  type HeaderDefinition,
  headerOf,
  matchHeader,
  missingColumns,
  readHeader,
  type TableHeader,
} from '../read-header.ts';
export { readHeaderRecord } from '../read-header-record.ts';
export type { RecordScanner } from '../record-scanner.ts';
export { exceedsRejectLimit, rejectLimit, type RejectRules } from '../reject-limit.ts';
export { formatOf, refuseOtherFormats } from '../refuse-other-formats.ts';
export { splitRecord } from '../split-record.ts';
export { encodeText } from '../text-encodings/encode-text.ts';
export { guessEncoding } from '../text-encodings/guess-encoding.ts';
export { encodingOfMark, longestMarkBytes } from '../text-encodings/encoding-of-mark.ts';
export type { TextEncoding } from '../text-encodings/text-encoding.ts';
export { TextReader } from '../text-encodings/text-reader.ts';
export { textFault } from '../text-fault.ts';
export { Transcoder } from '../text-encodings/transcoder.ts';
