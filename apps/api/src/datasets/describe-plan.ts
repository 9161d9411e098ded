import type { DefinedDataset } from '@hikyaku/datasets';
import type { TableChange } from '@hikyaku/ingest';
import type { DatasetPlan } from './apply-dataset.ts';

const marks = { safe: ' ', dangerous: '!', impossible: 'x' } as const;
const warnings = {
  safe: '',
  dangerous: '  (dangerous: rows lose something, or are told apart in another way)',
  impossible: '  (in the way: nothing is changed while this stands)',
} as const;

/** A dataset and what becomes of its table, a line each. */
export function describePlan({ slug, targetTable }: DefinedDataset, { state, changes }: DatasetPlan): string {
  const lines = changes.map((change) => `  ${marks[change.risk]} ${describe(change)}${warnings[change.risk]}`);
  const table = changes.length === 0 ? `  = table ${targetTable} fits` : lines.join('\n');
  return `${slug}: ${state}\n${table}\n`;
}

function describe({ kind, column, from, to }: TableChange): string {
  switch (kind) {
    case 'create-table':
      return 'create the table';
    case 'add-column':
      return `add column ${column} ${to}`;
    case 'drop-column':
      return `drop column ${column} and what it holds`;
    case 'change-type':
      return `change column ${column} from ${from} to ${to}`;
    case 'require-value':
      return `require a value in ${column}`;
    case 'allow-empty':
      return `allow ${column} to be empty`;
    case 'change-key':
      return `change the primary key from (${from}) to (${to})`;
    case 'change-order':
      return `order ${to} instead of ${from}: the rows there say their place in the old way`;
    case 'several-tables':
      return 'the table is partitioned, or others inherit from it';
    case 'missing-table':
      return 'there is no such table';
    case 'missing-column':
      return `the table has no column ${column}`;
    case 'other-type':
      return `column ${column} is ${from}, which does not hold every ${to}`;
    case 'value-required':
      return `column ${column} requires a value that files need not have`;
    case 'no-key':
      return `no unique index on (${to})`;
    default:
      return kind satisfies never;
  }
}
