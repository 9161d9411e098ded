import { poisonColumns, type PoisonFile as PoisonContent } from '@hikyaku/ingest/testing';
import { type TableDefinition, tableDefinition } from '@hikyaku/types';
import { encrypted } from '../../test/test-keys.ts';
import type { PoisonFile } from './poison-file.ts';

const suffix = { csv: 'csv', tsv: 'tsv', 'json-lines': 'jsonl', xlsx: 'xlsx' } as const;

/** As the worker gets it: as a file of a dataset, open or encrypted. */
export async function fromContent(made: PoisonContent, index: number, publicKey?: string): Promise<PoisonFile> {
  const { name, format, outcome } = made;
  const content = Buffer.concat([...made.content()]);
  return {
    name: publicKey ? `${name}, encrypted` : name,
    fileName: `${index}.${suffix[format]}${publicKey ? '.age' : ''}`,
    bytes: publicKey ? await encrypted(content, publicKey) : content,
    definition: definitionOf(made),
    expected:
      'code' in outcome
        ? { state: 'refused', causes: [outcome.code] }
        : {
            state: 'taken_in',
            rows: new Map(outcome.rows.map(([id, cell, amount]) => [id, `${cell}|${amount}`])),
            rejects: outcome.rejects,
          },
  };
}

/** With the day that the harness looks for in every table, and that none of these files has. */
function definitionOf({ format, rules }: PoisonContent): TableDefinition {
  const columns = [...poisonColumns, { name: 'day', type: 'date' }];
  return tableDefinition.parse({ format, ...rules, columns, primaryKey: ['id'] });
}
