import type { ColumnDefinition, TableDefinition } from '@hikyaku/types';
import { rowOrigin } from './row-origin.ts';
import { qualifiedName, quoteIdentifier, type TargetTable } from './target-table.ts';

/** What a merge is about. */
export interface MergeSubject {
  target: TargetTable;
  definition: TableDefinition;
  stagingTable: string;
  sourcePosition: bigint;
  arrivalId: string;
}

/** The table of the rows that differ from the target's. */
function changesTable({ target, stagingTable }: MergeSubject): string {
  return qualifiedName(target.schema, `${stagingTable}_changes`);
}

/**
 * The changes of a join: where it finds a row that differs or none. The target is locked, so that a row is still where it was
 * found (`ctid`).
 */
export function findChangesStatement(subject: MergeSubject, condition = ''): string {
  const { target, definition, stagingTable } = subject;
  const names = definition.columns.map((column) => quoteIdentifier(column.name));
  const differences = othersOf(definition).map(
    ({ name }) => `t.${quoteIdentifier(name)} IS DISTINCT FROM s.${quoteIdentifier(name)}`,
  );
  const { isNewer } = rowOrigin(definition, subject);
  return `CREATE UNLOGGED TABLE ${changesTable(subject)} AS
    SELECT t.ctid AS "_target", s."_line_number", ${names.map((name) => `s.${name}`).join(', ')}
      FROM ${qualifiedName(target.schema, stagingTable)} s
      LEFT JOIN ${qualifiedName(target.schema, target.table)} t ON ${sameKey(definition, 't', 's')}
     WHERE (t.ctid IS NULL OR (NOT ${isNewer('s')} AND (${differences.join(' OR ') || 'false'}))) ${condition}`;
}

/** `a.k1 = b.k1 AND …` */
export function sameKey(definition: TableDefinition, a: string, b: string): string {
  return keysOf(definition)
    .map(({ name }) => `${a}.${quoteIdentifier(name)} = ${b}.${quoteIdentifier(name)}`)
    .join(' AND ');
}

/** How a staging table's rows come into the target table. */
export function mergeStatements(subject: MergeSubject) {
  const { target, definition, stagingTable } = subject;
  const table = qualifiedName(target.schema, target.table);
  const staging = qualifiedName(target.schema, stagingTable);
  const changes = changesTable(subject);
  const origin = rowOrigin(definition, subject);
  const names = definition.columns.map((column) => quoteIdentifier(column.name));
  const insert = `INSERT INTO ${table} (${[...names, ...origin.names].join(', ')})`;
  const valuesOf = (alias: string) => [...names.map((name) => `${alias}.${name}`), ...origin.values(alias)].join(', ');
  const assignments = othersOf(definition).map(({ name }) => `${quoteIdentifier(name)} = c.${quoteIdentifier(name)}`);
  const setOrigin = (alias: string) => `(${origin.names.join(', ')}) = ROW(${origin.values(alias).join(', ')})`;
  return {
    ...repetitionStatements(staging, definition, origin.position),
    findAnyRow: `SELECT FROM ${table} LIMIT 1`,
    insertAll: `${insert} SELECT ${valuesOf('s')} FROM ${staging} s`,
    findChanges: findChangesStatement(subject),
    findUpdate: `SELECT FROM ${staging} s JOIN ${table} t ON ${sameKey(definition, 't', 's') || 'false'} LIMIT 1`,
    update:
      assignments.length === 0
        ? undefined
        : `UPDATE ${table} t SET ${assignments.join(', ')}, ${setOrigin('c')} FROM ${changes} c WHERE t.ctid = c."_target"`,
    insertMissing: `${insert} SELECT ${valuesOf('c')} FROM ${changes} c WHERE c."_target" IS NULL`,
    dropChanges: `DROP TABLE ${changes}`,
  };
}

function keysOf({ columns, primaryKey }: TableDefinition): ColumnDefinition[] {
  return columns.filter(({ name }) => primaryKey.includes(name));
}

function othersOf({ columns, primaryKey }: TableDefinition): ColumnDefinition[] {
  return columns.filter(({ name }) => !primaryKey.includes(name));
}

/** Of the lines of one key the newest stays, or the last where the file orders them. Without a key every line counts. */
function repetitionStatements(staging: string, definition: TableDefinition, position: (alias: string) => string) {
  const keys = keysOf(definition).map(({ name }) => quoteIdentifier(name));
  if (keys.length === 0) return { countStaged: '', dropRepeated: '' };
  // Distinct values of one column are counted by a sort, twice as fast as groups; those of several compare slowly.
  const distinct = keys.length === 1 ? `count(DISTINCT ${keys[0]})` : 'NULL';
  return {
    countStaged: `SELECT count(*) AS found, ${distinct} AS keys FROM ${staging}`,
    dropRepeated: `
      WITH repeated AS (SELECT ${keys.join(', ')} FROM ${staging} GROUP BY ${keys.join(', ')} HAVING count(*) > 1),
      places AS (
        SELECT s."_line_number" AS line,
               row_number() OVER (PARTITION BY ${keys.map((key) => `s.${key}`).join(', ')}
                                  ORDER BY ${position('s')} DESC, s."_line_number" DESC) AS place
          FROM ${staging} s JOIN repeated USING (${keys.join(', ')}))
      DELETE FROM ${staging} s USING places WHERE s."_line_number" = places.line AND places.place > 1`,
  };
}
