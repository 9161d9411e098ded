import type { TableDefinition } from '@hikyaku/types';
import type { CsvRecord } from '../csv-record.ts';
import { fieldStart } from '../field-start.ts';
import type { TableHeader } from '../read-header.ts';
import { type PlainCellCheck, plainCellCheck } from './plain-cell.ts';

/** Tells the rows whose every cell is beyond doubt a value of its column: they can go into typed columns as they are. */
export class PlainRowCheck {
  readonly #columns: { field: number; isPlain: PlainCellCheck }[];

  constructor(header: TableHeader, definition: Pick<TableDefinition, 'primaryKey'>) {
    this.#columns = header.columns.map((column) => ({
      field: column.field,
      isPlain: plainCellCheck(column.definition, definition.primaryKey),
    }));
  }

  /** False only means that somebody has to look closer. */
  isPlain(record: CsvRecord): boolean {
    for (const { field, isPlain } of this.#columns) {
      if (!isPlain(record.bytes, fieldStart(record, field), record.start + record.fieldEnds[field]!)) return false;
    }
    return true;
  }
}
