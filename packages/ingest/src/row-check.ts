import type { ColumnDefinition } from '@hikyaku/types';

/** What a staged row, by the name of `s`, has to be in one respect. Each part is SQL. */
export interface RowCheck {
  /** The columns at fault; named to people by their header cells. */
  columns: ColumnDefinition[];
  /** The reject code, or NULL for a sound row. */
  code: string;
  /** What people find in their file, as text. */
  value: string;
  /** What the reject's text may name, as jsonb. */
  details: string;
}
