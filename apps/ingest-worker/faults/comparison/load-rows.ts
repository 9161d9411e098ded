import type { ClientBase } from 'pg';

const rowsAtATime = 500;
const columns = ['id', 'name', 'amount', 'day', 'source_file'];

/** `incoming/{organization}/case-7/a.csv` goes into `case_7`. */
const tableOf = (key: string) => (key.split('/')[2] ?? '').replace('-', '_');

/** Rows of a CSV without quotes, which is all that the comparison sends. */
export function parseRows(text: string): string[][] {
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => line.split(','));
}

/** Many rows a statement, the new one wins: what every tutorial shows. `onHalf` after half of them. */
export async function upsertRows(
  client: ClientBase,
  options: { schema: string; key: string; source: string; rows: string[][]; onHalf: () => Promise<void> },
): Promise<void> {
  const { schema, key, source, rows, onHalf } = options;
  let isHalf = false;
  for (let from = 0; from < rows.length; from += rowsAtATime) {
    if (!isHalf && from * 2 >= rows.length) {
      isHalf = true;
      await onHalf();
    }
    // The last line of a key counts; one statement must not touch a row twice.
    const batch = new Map(rows.slice(from, from + rowsAtATime).map((row) => [row[0], [...row, source]]));
    const values = [...batch.values()];
    const places = values.map((row, i) => `(${row.map((_, j) => `$${i * columns.length + j + 1}`).join(', ')})`);
    await client.query(
      `INSERT INTO "${schema}"."${tableOf(key)}" (${columns.join(', ')}) VALUES ${places.join(', ')}
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, amount = excluded.amount, day = excluded.day, source_file = excluded.source_file`,
      values.flat(),
    );
  }
}
