import { columnLimit, CsvRecordScanner, JsonLinesScanner, type RecordScanner } from '@hikyaku/datasets/reading';
import type { ReadingRules } from '@hikyaku/types';

/** The scanner the worker reads files of these rules with; a workbook's rows have none here. */
export function openScanner(rules: ReadingRules): RecordScanner | JsonLinesScanner {
  if (rules.format === 'json-lines') return new JsonLinesScanner(rules);
  const delimiter = rules.format === 'tsv' ? '\t' : rules.delimiter;
  return new CsvRecordScanner({ delimiter, fieldLimit: columnLimit });
}
