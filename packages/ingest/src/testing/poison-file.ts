import type { FileErrorCode, FileFormat, RejectCode, TableDefinition } from '@hikyaku/types';

/** A file that is wrong in one way, for a dataset with the columns of `poisonColumns`, and what has to become of it. */
export interface PoisonFile {
  name: string;
  format: FileFormat;
  /** What its dataset says beyond the columns. */
  rules?: Partial<Pick<TableDefinition, 'encoding' | 'maxContentBytes'>>;
  /** Made while it is read: some are larger than memory. */
  content: () => Iterable<Uint8Array>;
  /** These rows and no others, or none at all for this reason. */
  outcome: { rows: readonly PoisonRow[]; rejects: readonly Reject[] } | { code: FileErrorCode };
}

export type PoisonRow = readonly [id: number, name: string, amount: number];
export type Reject = readonly [line: number, code: RejectCode];

/** `id` is the key. */
export const poisonColumns = [
  { name: 'id', type: 'integer' },
  { name: 'name', type: 'text' },
  { name: 'amount', type: 'number' },
] as const;

export const header = 'id,name,amount';
export const goodRows: readonly PoisonRow[] = [
  [1, 'a', 1],
  [2, 'b', 2],
  [3, 'c', 3],
];

export const mebibyte = 1024 ** 2;

/** Good rows around one that is not, in the third line of the file. */
export function badLine(name: string, line: Uint8Array | string, code: RejectCode): PoisonFile {
  const content = () => [around(line)];
  return { name, format: 'csv', content, outcome: { rows: goodRows, rejects: [[3, code]] } };
}

function around(line: Uint8Array | string): Buffer {
  return Buffer.concat([Buffer.from(`${header}\n1,a,1\n`), Buffer.from(line), Buffer.from('\n2,b,2\n3,c,3\n')]);
}

export function refused(
  name: string,
  make: () => Uint8Array,
  code: FileErrorCode,
  options: { format?: FileFormat; rules?: PoisonFile['rules'] } = {},
): PoisonFile {
  const { format = 'csv', rules } = options;
  return { name, format, ...(rules ? { rules } : {}), content: () => [make()], outcome: { code } };
}
