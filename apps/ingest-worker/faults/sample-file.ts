import { gzipSync } from 'node:zlib';
import type { SeededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { tableDefinition } from '@hikyaku/types';
import { encrypted } from '../test/test-keys.ts';

/** What every dataset of the harness holds. Large limits: what is refused is said by the cases. */
export const sampleDefinition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer', required: true },
    { name: 'name', type: 'text', required: true, maxLength: 80 },
    { name: 'amount', type: 'number' },
    { name: 'day', type: 'date' },
  ],
  primaryKey: ['id'],
  rejectLimit: 1_000,
  encoding: 'utf-8',
  maxContentBytes: 16 * 1024 ** 2,
});

/** In every cell of every encrypted file: wherever it turns up outside the table, plaintext was left behind. */
export const plaintextMark = '飛脚の荷';

export const wrappings = ['plain', 'gzip', 'age', 'gzip+age'] as const;
export type Wrapping = (typeof wrappings)[number];

/** A file, and what a table has to make of it, worked out from how it was written and not from its bytes. */
export interface SampleFile {
  name: string;
  bytes: Buffer;
  /** Detached, to lie beside it before it comes. */
  signature?: Buffer;
  contentBytes: number;
  /** By key: the row's other cells as `name|amount|day`. The last line of a key counts. */
  rows: ReadonlyMap<number, string>;
  read: number;
  rejected: number;
  repeated: number;
}

const wrap: Record<Wrapping, (content: Buffer, publicKey: string) => Buffer | Promise<Buffer>> = {
  plain: (content) => content,
  gzip: (content) => gzipSync(content, { level: 1 }),
  age: (content, publicKey) => encrypted(content, publicKey),
  'gzip+age': (content, publicKey) => encrypted(gzipSync(content, { level: 1 }), publicKey),
};

const suffix: Record<Wrapping, string> = { plain: '', gzip: '.gz', age: '.age', 'gzip+age': '.gz.age' };

const faultyLines = [
  (id: number) => `x${id},no key,1,2026-01-01`,
  (id: number) => `${id},too few`,
  (id: number) => `${id},too many,1,2026-01-01,and more`,
  (id: number) => `${id},,1,2026-01-01`,
  (id: number) => `${id},bad amount,１２円,2026-01-01`,
  (id: number) => `${id},bad day,1,2026-02-30`,
] as const;

/** `label` makes the rows differ from those of every other file: whoever wrote a row last can be told from the row. */
export async function sampleFile(
  random: SeededRandom,
  options: {
    label: string;
    rows: number;
    /** Keys are taken from 1 to this: the smaller, the more files touch the same rows. */
    keys: number;
    wrapping: Wrapping;
    withRejects?: boolean;
    /** How much of it says what other files say of the same keys: 0.3 unless given. */
    common?: number;
    publicKey: string;
  },
): Promise<SampleFile> {
  const { label, wrapping } = options;
  const lines = ['id,name,amount,day'];
  const rows = new Map<number, string>();
  const first = random.integer(1, options.keys);
  let rejected = 0;
  let repeated = 0;
  for (let index = 0; index < options.rows; index += 1) {
    const id = ((first + index) % options.keys) + 1;
    if (options.withRejects && random.fraction() < 0.01) {
      lines.push(random.pick(faultyLines)(id));
      rejected += 1;
      continue;
    }
    if (rows.has(id)) repeated += 1;
    const isCommon = random.fraction() < (options.common ?? 0.3);
    const name = isCommon ? `common ${plaintextMark} ${id}` : `${label} ${plaintextMark} ${index}`;
    const amount = `${isCommon ? id : random.integer(0, 99_999)}.25`;
    const day = isCommon ? '2026-01-11' : `2026-0${random.integer(1, 9)}-1${random.integer(0, 9)}`;
    lines.push(`${id},${name},${amount},${day}`);
    rows.set(id, `${name}|${amount}|${day}`);
  }
  const content = Buffer.from(`${lines.join('\n')}\n`);
  return {
    name: `${label}.csv${suffix[wrapping]}`,
    bytes: await wrap[wrapping](content, options.publicKey),
    contentBytes: content.length,
    rows,
    read: options.rows,
    rejected,
    repeated,
  };
}
