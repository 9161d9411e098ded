import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { tableDefinition } from '@hikyaku/types';

/** Ten columns of what departments send: numbers, names, dates, and a note that some rows lack. */
export const ordersDefinition = tableDefinition.parse({
  columns: [
    { name: 'order_id', type: 'integer', required: true },
    { name: 'customer_code', type: 'text', required: true, maxLength: 20 },
    { name: 'customer_name', type: 'text', maxLength: 100 },
    { name: 'quantity', type: 'integer' },
    { name: 'unit_price', type: 'number' },
    { name: 'discount', type: 'number' },
    { name: 'is_express', type: 'boolean' },
    { name: 'ordered_on', type: 'date' },
    { name: 'shipped_at', type: 'timestamp' },
    { name: 'note', type: 'text', maxLength: 500 },
  ],
  primaryKey: ['order_id'],
});

const linesAtATime = 10_000;

/** Writes `rows` orders as CSV; the same bytes at every call. Every `changedEvery`th differs from what it is without. */
export async function writeOrders(path: string, rows: number, changedEvery = Infinity): Promise<void> {
  const file = createWriteStream(path);
  file.write(`${ordersDefinition.columns.map(({ name }) => name).join(',')}\n`);
  for (let from = 1; from <= rows; from += linesAtATime) {
    const last = Math.min(rows, from + linesAtATime - 1);
    const lines = Array.from({ length: last - from + 1 }, (_, index) =>
      order(from + index, (from + index) % changedEvery === 0),
    );
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}

/** Scattered by multiplication: not in the order of any column, and no two alike. */
function order(id: number, isChanged: boolean): string {
  const spread = (id * 2_654_435_761) % 4_294_967_296;
  const digits = String(spread).padStart(10, '0');
  const day = String((spread % 28) + 1).padStart(2, '0');
  const month = String((spread % 12) + 1).padStart(2, '0');
  const note = spread % 3 === 0 ? '' : `"注文 ${digits}, ""至急"" の連絡あり"`;
  return [
    id,
    `C${digits.slice(0, 6)}`,
    `株式会社 ${digits.slice(4)} Trading`,
    (spread % 1_000) + (isChanged ? 1_000 : 0),
    (spread % 1_000_000) / 100,
    (spread % 100) / 100,
    spread % 2 === 0,
    `2026-${month}-${day}`,
    `2026-${month}-${day} 1${digits.slice(-1)}:${day}:00`,
    note,
  ]
    .join(',')
    .concat('\n');
}
