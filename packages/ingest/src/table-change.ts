import { quoteIdentifier } from './target-table.ts';

/** One step that makes a table what its dataset wants, or what stands against it. */
export interface TableChange {
  kind:
    | 'create-table'
    | 'add-column'
    | 'drop-column'
    | 'change-type'
    | 'require-value'
    | 'allow-empty'
    | 'change-key'
    | 'change-order'
    | 'missing-table'
    | 'several-tables'
    | 'missing-column'
    | 'other-type'
    | 'value-required'
    | 'no-key';
  /** Absent where it is about the whole table. */
  column?: string;
  from?: string;
  to?: string;
  /**
   * - `safe`: loses nothing and holds for every row there is.
   * - `dangerous`: loses what rows have, or changes what a row is: only made when a person said so.
   * - `impossible`: rows there are stand against it, or the table isn't ours to change.
   */
  risk: 'safe' | 'dangerous' | 'impossible';
  /** Empty where nothing can be done from here. */
  sql: string;
}

/** A row nobody knows the file of: it was there before we kept it. */
const unknownOrigin: Record<string, string> = {
  _source_position: '0',
  _arrival_id: "'00000000-0000-0000-0000-000000000000'",
  _line_number: '0',
};

/** Adds one of the columns that say where a row comes from; `table` is quoted. */
export function addOriginColumn(table: string, { name, type }: { name: string; type: string }): TableChange {
  const column = quoteIdentifier(name);
  return {
    kind: 'add-column',
    column: name,
    to: type,
    risk: 'safe',
    sql: `ALTER TABLE ${table} ADD COLUMN ${column} ${type} NOT NULL DEFAULT ${unknownOrigin[name] ?? 'NULL'};
      ALTER TABLE ${table} ALTER COLUMN ${column} DROP DEFAULT`,
  };
}
