import { findChangesStatement, type MergeSubject, sameKey } from './merge-statements.ts';
import { rowOrigin } from './row-origin.ts';
import { qualifiedName, quoteIdentifier } from './target-table.ts';

/**
 * For files that are the whole of their partitions. A partition of which a row comes from a newer file is left as it is, whole;
 * of the others goes what the file doesn't have. A file leaves its mark in each partition it replaced, in one row at least:
 * that a row is unchanged is news too, and an older file that comes later must see it.
 */
export function partitionStatements(subject: MergeSubject) {
  const { target, definition, stagingTable } = subject;
  const table = qualifiedName(target.schema, target.table);
  const staging = qualifiedName(target.schema, stagingTable);
  const partitions = qualifiedName(target.schema, `${stagingTable}_partitions`);
  const names = definition.partitionBy.map(quoteIdentifier);
  const origin = rowOrigin(definition, subject);
  const samePartition = (alias: string) => names.map((name) => `${alias}.${name} = p.${name}`).join(' AND ');
  const partition = names.map((name) => `p.${name}`).join(', ');
  return {
    find: `CREATE UNLOGGED TABLE ${partitions} AS
      SELECT p.* FROM (SELECT DISTINCT ${names.join(', ')} FROM ${staging}) p
       WHERE NOT EXISTS (SELECT FROM ${table} t WHERE ${samePartition('t')} AND ${origin.isNewer('t')})`,
    findChanges: findChangesStatement(subject, `AND EXISTS (SELECT FROM ${partitions} p WHERE ${samePartition('s')})`),
    deleteMissing: `DELETE FROM ${table} t USING ${partitions} p
      WHERE ${samePartition('t')} AND NOT EXISTS (SELECT FROM ${staging} s WHERE ${sameKey(definition, 't', 's')})`,
    markReplaced: `UPDATE ${table} t SET (${origin.names.join(', ')}) = ROW(${origin.values('marked').join(', ')})
      FROM (SELECT DISTINCT ON (${partition}) t.ctid AS place, s."_line_number"
              FROM ${partitions} p JOIN ${staging} s ON ${samePartition('s')} JOIN ${table} t ON ${sameKey(definition, 't', 's')}
             WHERE NOT ${origin.isNewer('s')} ORDER BY ${partition}, s."_line_number") marked
     WHERE t.ctid = marked.place`,
    drop: `DROP TABLE ${partitions}`,
  };
}
