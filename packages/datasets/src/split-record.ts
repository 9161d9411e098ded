/** The cells of one well-formed record, as `CsvRecordScanner` finds them. For headers and previews, never for every row. */
export function splitRecord(record: string): string[] {
  const cells: string[] = [];
  let start = 0;
  while (start <= record.length) {
    const end = cellEnd(record, start);
    cells.push(unquote(record.slice(start, end)));
    start = end + 1;
  }
  return cells;
}

function cellEnd(record: string, start: number): number {
  let position = start;
  if (record[position] === '"') {
    position++;
    while (position < record.length && (record[position] !== '"' || record[position + 1] === '"')) {
      position += record[position] === '"' ? 2 : 1;
    }
  }
  const delimiter = record.indexOf(',', position);
  return delimiter === -1 ? record.length : delimiter;
}

function unquote(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
}
