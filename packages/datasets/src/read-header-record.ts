import { HikyakuError } from '@hikyaku/types';
import { type HeaderDefinition, readHeader, type TableHeader } from './read-header.ts';
import type { RecordScanner } from './record-scanner.ts';

/**
 * Reads the record a scanner shows as its file's header. From here on the scanner tells a `wrong-column-count`.
 *
 * @throws HikyakuError `line-too-long`, `unclosed-quote`, `not-csv` (lineNumber), and those of `readHeader`
 */
export function readHeaderRecord(scanner: RecordScanner, definition: HeaderDefinition): TableHeader {
  const { fault, lineNumber } = scanner;
  if (fault === 'line-too-long' || fault === 'unclosed-quote')
    throw new HikyakuError(fault, { details: { lineNumber } });
  // What is wrong with its bytes says more about the file than what is wrong with its quotes.
  const header = readHeader(scanner, definition);
  if (fault) throw new HikyakuError('not-csv', { details: { lineNumber } });
  scanner.expectedFieldCount = header.fieldCount;
  return header;
}
