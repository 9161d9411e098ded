import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const header = 'city_id,name,country,admin1,admin2,latitude,longitude,padding\n';
const padding = 'x'.repeat(100_000);
/** Beside the cities of the other tests. */
const firstId = 5_000_000;

/**
 * Writes a CSV file of at least `sizeBytes` with few lines: each carries 100 KB that no dataset asks for. Returns how many.
 * Each call gives another content, so that no file counts as sent before.
 */
export async function writePaddedCities(path: string, sizeBytes: number): Promise<number> {
  let rows = 0;
  const at = Date.now();
  function* lines() {
    let written = header.length;
    yield header;
    while (written < sizeBytes) {
      const line = `${firstId + rows},Town ${at},JP,13,,35.6,139.7,${padding}\n`;
      rows += 1;
      written += line.length;
      yield line;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(path));
  return rows;
}
