export { type DatasetInput, defineDataset, type DefinedDataset, isDefinedDataset } from './define-dataset.ts';
export { CsvRecordScanner, type CsvRecordScannerOptions } from './csv-record-scanner.ts';
export type { CsvRecord } from './csv-record.ts';
export { describeFault, type RecordFault } from './describe-fault.ts';
export { columnLimit, type HeaderColumn, readHeader, refuseOtherFormats, type TableHeader } from './read-header.ts';
export { splitRecord } from './split-record.ts';
