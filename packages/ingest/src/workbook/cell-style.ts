import { damagedWorkbook } from './damaged-workbook.ts';
import { readXml } from './xml-reader.ts';

/** What a number means by the way it is shown. */
export type NumberMeaning = 'number' | 'date' | 'date-time' | 'time' | 'duration';

/** The formats every workbook has without saying so; those from 27 on as a Japanese Excel has them. */
const builtIn: readonly [from: number, to: number, meaning: NumberMeaning][] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'date-time'],
  [27, 31, 'date'],
  [32, 33, 'time'],
  [34, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'duration'],
  [47, 47, 'time'],
  [50, 58, 'date'],
];

/** Excel has at most 65,490. */
const mostStyles = 1_000_000;

/** Of each style, by its number, what it makes of a number. */
export async function readCellStyles(chunks: AsyncIterable<Uint8Array>): Promise<NumberMeaning[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let isCellFormats = false;
  await readXml('styles', chunks, {
    open(name, attributes) {
      if (name === 'cellXfs') isCellFormats = true;
      else if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'xf' && isCellFormats) {
        if (formats.length === mostStyles) throw damagedWorkbook('styles');
        formats.push(Number(attributes['numFmtId'] ?? 0));
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellFormats = false;
    },
    text: () => undefined,
  });
  return formats.map((format) => {
    const code = codes.get(format);
    if (code !== undefined) return meaningOfCode(code);
    return builtIn.find(([from, to]) => format >= from && format <= to)?.[2] ?? 'number';
  });
}

/** What a format code such as `yyyy/mm/dd hh:mm` makes of a number. */
function meaningOfCode(code: string): NumberMeaning {
  const [positive = ''] = code
    .replace(/"[^"]*"?|\\.|[_*]./g, '')
    .toLowerCase()
    .split(';');
  if (/\[(h+|m+|s+)\]/.test(positive)) return 'duration';
  const letters = positive.replace(/\[[^\]]*\]|general|e[+-]/g, '').replace(/am\/pm|a\/p|上午\/下午/g, 'h');
  const hasTime = /[hs]/.test(letters);
  const hasDate = /[ydge]|aaa/.test(letters) || (letters.includes('m') && !hasTime);
  if (hasDate) return hasTime ? 'date-time' : 'date';
  return hasTime ? 'time' : 'number';
}
