import type { CsvRecord, TableHeader } from '@hikyaku/datasets';
import type { TableDefinition } from '@hikyaku/types';
import { fieldStart } from './field-start.ts';
import { type PlainCellCheck, plainCellCheck } from './plain-cell.ts';

/** Tells the rows whose every cell is beyond doubt a value of its column: they can go into typed columns as they are. */
export class PlainRowCheck {
  readonly #columns: { field: number; isPlain: PlainCellCheck }[];

  constructor(header: TableHeader, definition: TableDefinition) {
    this.#columns = header.columns.map((column) => ({
      field: column.field,
      isPlain: plainCellCheck(column.definition, definition.primaryKey),
    }));
  }

  /** False only means that the database has to look. */
  isPlain(record: CsvRecord): boolean {
    for (const { field, isPlain } of this.#columns) {
      if (!isPlain(record.bytes, fieldStart(record, field), record.start + record.fieldEnds[field]!)) return false;
    }
    return true;
  }
}
