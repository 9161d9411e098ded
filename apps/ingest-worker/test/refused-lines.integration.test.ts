import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';

let house: House;

beforeAll(async () => {
  house = await buildHouse();
  await house.startWorker();
});

afterAll(() => house.tearDown());

interface Kept {
  header: { header: string; byte_order_mark: boolean; newline: string; encoding: string } | undefined;
  lines: { line: number; raw: string | null }[];
}

async function keptOf(arrivalId: string): Promise<Kept> {
  const [header] = await house.query<{ header: Buffer; byte_order_mark: boolean; newline: string; encoding: string }>(
    'SELECT header, byte_order_mark, newline, encoding FROM reject_header WHERE arrival_id = $1',
    [arrivalId],
  );
  const lines = await house.query<{ line_number: string; raw: Buffer | null }>(
    'SELECT line_number, raw FROM reject_line WHERE arrival_id = $1 ORDER BY line_number',
    [arrivalId],
  );
  return {
    header: header && { ...header, header: header.header.toString('latin1') },
    lines: lines.map(({ line_number, raw }) => ({ line: Number(line_number), raw: raw?.toString('latin1') ?? null })),
  };
}

const latin = (text: string) => Buffer.from(text).toString('latin1');

describe('refused lines are kept byte for byte', () => {
  test('with all columns, quotes, line breaks and broken characters as they were', async () => {
    const lines = [
      '\u{feff} note ,"id",amount,name',
      '"a, ""b""",1,1,fine',
      '"=1+1","x",1,"two\r\nlines"',
      'short,2',
      'stray,3,1"2,n',
      'full,4,１２,n',
      'fine,5,1,n',
    ];
    const broken = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\nbroken,6,1,`), Buffer.from([0x93, 0x8c])]);
    const { key } = await house.put('lines.csv.gz', gzipSync(broken));
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'taken_in', rows_read: '7', rows_rejected: '5' });
    expect(await keptOf(arrival.id)).toEqual({
      header: { header: ' note ,"id",amount,name', byte_order_mark: true, newline: '\r\n', encoding: 'utf-8' },
      lines: [
        { line: 3, raw: '"=1+1","x",1,"two\r\nlines"' },
        { line: 5, raw: 'short,2' },
        { line: 6, raw: 'stray,3,1"2,n' },
        { line: 7, raw: latin('full,4,１２,n') },
        { line: 9, raw: 'broken,6,1,\x93\x8c' },
      ],
    });
    await house.expectNothingLeft();
  });

  test('where a quote is never closed, and lines end with CR', async () => {
    const { key } = await house.put(
      'open.csv',
      'id,name,amount\r101,a,1\rx,"open,1\r102,"two\rlines",2\ry,"three\rlines",3\r',
    );
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'taken_in', rows_inserted: '2', rows_rejected: '2' });
    const { header, lines } = await keptOf(arrival.id);
    expect(header?.newline).toBe('\r');
    expect(lines).toEqual([
      { line: 3, raw: 'x,"open,1' },
      { line: 6, raw: 'y,"three\rlines",3' },
    ]);
  });

  test('and the rest of the file, however long, costs none', async () => {
    const file = Buffer.concat([itemsFile(50_000), Buffer.from('x,bad,1\n')]);
    const { key } = await house.put('last.csv', file);
    const arrival = await house.arrival(key);
    expect((await keptOf(arrival.id)).lines).toEqual([{ line: 50_002, raw: 'x,bad,1' }]);
  });

  test('a line too long to correct is told without its bytes', async () => {
    const { key } = await house.put('long.csv', `id,name\n1,${'x'.repeat(100_000)}\nx,short\n`);
    const arrival = await house.arrival(key);
    expect((await keptOf(arrival.id)).lines).toEqual([
      { line: 2, raw: null },
      { line: 3, raw: 'x,short' },
    ]);
  });

  test('of a file refused for too many of them, up to the limit and some more', async () => {
    const { key } = await house.put('many.csv', `id,name\n${'x,y\n'.repeat(500)}`);
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'refused', cause_code: 'too-many-rejects' });
    expect((await keptOf(arrival.id)).lines).toHaveLength(11);
  });
});

describe('nothing is kept', () => {
  test('of a file without refused lines', async () => {
    const { key } = await house.put('good.csv', itemsFile(5));
    expect(await keptOf((await house.arrival(key)).id)).toEqual({ header: undefined, lines: [] });
  });

  test('of a run that does not commit', async () => {
    const bad = gzipSync(Buffer.concat([itemsFile(5), Buffer.from('x,bad,1\n')])).subarray(0, -1);
    const { key } = await house.put('cut.csv.gz', bad);
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'refused', cause_code: 'damaged-compression' });
    expect(await keptOf(arrival.id)).toEqual({ header: undefined, lines: [] });
  });
});
