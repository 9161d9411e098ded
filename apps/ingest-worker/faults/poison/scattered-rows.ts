import type { SeededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { sampleDefinition } from '../sample-file.ts';
import type { PoisonFile } from './poison-file.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');

/** By what is wrong: a line for a key that no good line has. */
const poisonedLines: Record<string, (id: number) => Buffer> = {
  'not a number': (id) => Buffer.from(`${id},a,twelve,2026-01-01`),
  'no such day': (id) => Buffer.from(`${id},a,1,2026-02-30`),
  'too few columns': (id) => Buffer.from(`${id},a`),
  'too many columns': (id) => Buffer.from(`${id},a,1,2026-01-01,,`),
  'bad UTF-8': (id) => Buffer.concat([latin(`${id},\xff\xc0\xaf`), Buffer.from(',1,2026-01-01')]),
  'a NUL': (id) => Buffer.from(`${id},a\0b,1,2026-01-01`),
  'no key': () => Buffer.from(',a,1,2026-01-01'),
  'a key beyond all numbers': () => Buffer.from(`${'9'.repeat(40)},a,1,2026-01-01`),
  'a stray quote': (id) => Buffer.from(`${id},"a"b,1,2026-01-01`),
  'too long a cell': (id) => Buffer.from(`${id},${'長'.repeat(81)},1,2026-01-01`),
};

export const scatteredKinds = Object.keys(poisonedLines);

/** Good rows with some poisoned ones of one kind between them. */
export function scatteredRows(random: SeededRandom, kind: string, index: number): PoisonFile {
  const line = poisonedLines[kind];
  if (!line) throw new Error(`no such kind of lines: ${kind}`);
  const rows = new Map<number, string>();
  const lines: Buffer[] = [Buffer.from('id,name,amount,day')];
  let rejects = 0;
  for (let id = 1; id <= 300; id += 1) {
    if (random.fraction() < 0.05 || id === 150) {
      lines.push(line(1_000 + id));
      rejects += 1;
    } else {
      const row = `good ${index} ${id}`;
      lines.push(Buffer.from(`${id},${row},${id}.5,2026-01-02`));
      rows.set(id, `${row}|${id}.5|2026-01-02`);
    }
  }
  return {
    name: `scattered: ${kind}`,
    fileName: `${index}.csv`,
    bytes: Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')])),
    definition: sampleDefinition,
    expected: { state: 'taken_in', rows, rejects },
  };
}
