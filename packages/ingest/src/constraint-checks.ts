import { namedValues } from '@hikyaku/datasets/reading';
import type { ColumnDefinition, TableDefinition } from '@hikyaku/types';
import type { RowCheck } from './row-check.ts';
import { sqlType } from './sql-type.ts';
import { qualifiedName, quoteIdentifier, quoteLiteral, type TargetTable } from './target-table.ts';

/** What a dataset asks of values beyond their types; for rows in the types of the target table. */
export function constraintChecks(definition: TableDefinition): RowCheck[] {
  return definition.columns.flatMap((column) => {
    const faults = [...lengthFaults(column), ...listFaults(column), ...rangeFaults(column)];
    if (faults.length === 0) return [];
    return {
      columns: [column],
      code: `CASE ${faults.map(({ when, code }) => `WHEN ${when} THEN '${code}'`).join(' ')} END`,
      value: `${cellOf(column)}::text`,
      details: `CASE ${faults.map(({ when, details }) => `WHEN ${when} THEN ${details}`).join(' ')} END`,
    };
  });
}

/** Where a file may only add rows: none whose key is in the table. */
export function keyCheck(target: TargetTable, definition: TableDefinition): RowCheck[] {
  const columns = definition.columns.filter(({ name }) => definition.primaryKey.includes(name));
  if (definition.mode !== 'insert' || columns.length === 0) return [];
  const sameKey = columns.map((column) => `t.${quoteIdentifier(column.name)} = ${cellOf(column)}`).join(' AND ');
  return [
    {
      columns,
      code: `CASE WHEN EXISTS (SELECT FROM ${qualifiedName(target.schema, target.table)} t WHERE ${sameKey}) THEN 'key-exists' END`,
      value: `concat_ws(', ', ${columns.map(cellOf).join(', ')})`,
      details: `'{}'::jsonb`,
    },
  ];
}

interface Fault {
  when: string;
  code: 'too-short' | 'not-listed' | 'too-small' | 'too-large';
  details: string;
}

function lengthFaults(column: ColumnDefinition): Fault[] {
  const { minLength } = column;
  if (minLength === undefined) return [];
  const found = `char_length(${cellOf(column)})`;
  return [
    {
      when: `${found} < ${minLength}`,
      code: 'too-short',
      details: `jsonb_build_object('minLength', ${minLength}, 'found', ${found})`,
    },
  ];
}

function listFaults(column: ColumnDefinition): Fault[] {
  const { oneOf } = column;
  if (!oneOf) return [];
  return [
    {
      when: `${cellOf(column)} NOT IN (${oneOf.map(quoteLiteral).join(', ')})`,
      code: 'not-listed',
      details: `jsonb_build_object('listed', ${quoteLiteral(namedValues(oneOf))})`,
    },
  ];
}

function rangeFaults(column: ColumnDefinition): Fault[] {
  const limit = (value: number | string) => `${quoteLiteral(String(value))}::${sqlType(column.type)}`;
  const { min, max } = column;
  const faults: Fault[] = [];
  if (min !== undefined) {
    faults.push({ when: `${cellOf(column)} < ${limit(min)}`, code: 'too-small', details: limitDetails(min) });
  }
  if (max !== undefined) {
    faults.push({ when: `${cellOf(column)} > ${limit(max)}`, code: 'too-large', details: limitDetails(max) });
  }
  return faults;
}

function limitDetails(limit: number | string): string {
  return `jsonb_build_object('limit', ${quoteLiteral(String(limit))})`;
}

function cellOf(column: ColumnDefinition): string {
  return `s.${quoteIdentifier(column.name)}`;
}
