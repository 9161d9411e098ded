import type { TableDefinition } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { originColumns } from './row-origin.ts';
import { planExistingTable } from './plan-existing-table.ts';
import { sqlType } from './sql-type.ts';
import { addOriginColumn, type TableChange } from './table-change.ts';
import { type ColumnShape, readTableShape, type TableShape, wantedTableShape } from './target-shape.ts';
import { qualifiedName, quoteIdentifier, type TargetTable } from './target-table.ts';

/** Types a value of which is one of the other, too, without loss. */
const widenings = new Set(['bigint>numeric', 'bigint>text', 'numeric>text', 'boolean>text', 'date>text']);
/** What we kept in earlier versions. */
const formerColumns = new Set(['_ingest_run_id']);

/**
 * What would have to change for the dataset's rows to live in the table; nothing where it fits. Reads only. The client is under
 * a role that owns the table; what other transactions do meanwhile is theirs to exclude.
 */
export async function planTargetTable(
  client: DatabaseClient,
  target: TargetTable,
  definition: TableDefinition,
): Promise<TableChange[]> {
  if (definition.target === 'existing') return planExistingTable(client, target, definition);
  const found = await readTableShape(client, target);
  if (!found) return [{ kind: 'create-table', risk: 'safe', sql: createStatement(target, definition) }];
  const table = qualifiedName(target.schema, target.table);
  const isEmpty = (await client.query(`SELECT FROM ${table} LIMIT 1`)).rowCount === 0;
  const planner = new Planner(client, table, definition, found, isEmpty);
  return planner.plan();
}

class Planner {
  readonly #client: DatabaseClient;
  readonly #table: string;
  readonly #definition: TableDefinition;
  readonly #found: TableShape;
  readonly #wanted: TableShape;
  readonly #isEmpty: boolean;

  constructor(client: DatabaseClient, table: string, definition: TableDefinition, found: TableShape, isEmpty: boolean) {
    this.#client = client;
    this.#table = table;
    this.#definition = definition;
    this.#found = found;
    this.#wanted = wantedTableShape(definition);
    this.#isEmpty = isEmpty;
  }

  async plan(): Promise<TableChange[]> {
    const changes: TableChange[] = [];
    for (const [name, wanted] of this.#wanted.columns) {
      const found = this.#found.columns.get(name);
      if (!found) changes.push(this.#addColumn(name, wanted));
      else changes.push(...(await this.#changeColumn(name, found, wanted)));
    }
    for (const name of this.#found.columns.keys()) {
      if (!this.#wanted.columns.has(name)) changes.push(this.#dropColumn(name));
    }
    return [...changes, ...(await this.#changeKey())];
  }

  #addColumn(column: string, { type, isRequired }: ColumnShape): TableChange {
    if (originColumns(this.#definition).some(({ name }) => name === column)) {
      return addOriginColumn(this.#table, { name: column, type });
    }
    const sql = `ADD COLUMN ${quoteIdentifier(column)} ${this.#fullType(column)}${isRequired ? ' NOT NULL' : ''}`;
    const risk = isRequired && !this.#isEmpty ? 'impossible' : 'safe';
    return { kind: 'add-column', column, to: type, risk, sql: this.#alter(sql) };
  }

  async #changeColumn(column: string, found: ColumnShape, wanted: ColumnShape): Promise<TableChange[]> {
    const changes: TableChange[] = [];
    const name = quoteIdentifier(column);
    if (found.type !== wanted.type) {
      const isSafe = this.#isEmpty || widenings.has(`${found.type}>${wanted.type}`);
      const type = this.#fullType(column);
      changes.push({
        kind: 'change-type',
        column,
        from: found.type,
        to: wanted.type,
        risk: isSafe ? 'safe' : 'dangerous',
        sql: this.#alter(`ALTER COLUMN ${name} TYPE ${type} USING ${name}::text::${type}`),
      });
    }
    if (found.isRequired && !wanted.isRequired) {
      changes.push({
        kind: 'allow-empty',
        column,
        risk: 'safe',
        sql: this.#alter(`ALTER COLUMN ${name} DROP NOT NULL`),
      });
    }
    if (!found.isRequired && wanted.isRequired) {
      const isHeld = !(await this.#hasRow(`${name} IS NULL`));
      const sql = this.#alter(`ALTER COLUMN ${name} SET NOT NULL`);
      changes.push({ kind: 'require-value', column, risk: isHeld ? 'safe' : 'impossible', sql });
    }
    return changes;
  }

  #dropColumn(column: string): TableChange {
    const isSafe = this.#isEmpty || formerColumns.has(column);
    const sql = this.#alter(`DROP COLUMN ${quoteIdentifier(column)}`);
    return { kind: 'drop-column', column, risk: isSafe ? 'safe' : 'dangerous', sql };
  }

  async #changeKey(): Promise<TableChange[]> {
    const [from, to] = [this.#found.key.join(', '), this.#wanted.key.join(', ')];
    if (from === to) return [];
    const columns = this.#wanted.key.map(quoteIdentifier).join(', ');
    const actions = [
      ...(from === '' ? [] : [`DROP CONSTRAINT ${quoteIdentifier(await this.#keyName())}`]),
      ...(to === '' ? [] : [`ADD PRIMARY KEY (${columns})`]),
    ];
    return [
      {
        kind: 'change-key',
        from,
        to,
        risk: this.#isEmpty ? 'safe' : 'dangerous',
        sql: this.#alter(actions.join(', ')),
      },
    ];
  }

  async #keyName(): Promise<string> {
    const { rows } = await this.#client.query<{ name: string }>(
      `SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype = 'p'`,
      [this.#table],
    );
    return rows[0]?.name ?? '';
  }

  async #hasRow(condition: string): Promise<boolean> {
    return (await this.#client.query(`SELECT FROM ${this.#table} WHERE ${condition} LIMIT 1`)).rowCount === 1;
  }

  #fullType(column: string): string {
    return fullType(this.#definition, column);
  }

  #alter(actions: string): string {
    return `ALTER TABLE ${this.#table} ${actions}`;
  }
}

function createStatement(target: TargetTable, definition: TableDefinition): string {
  const wanted = wantedTableShape(definition);
  const columns = [...wanted.columns].map(([name, { isRequired }]) => {
    return `${quoteIdentifier(name)} ${fullType(definition, name)}${isRequired ? ' NOT NULL' : ''}`;
  });
  const key = wanted.key.length > 0 ? [`PRIMARY KEY (${wanted.key.map(quoteIdentifier).join(', ')})`] : [];
  return `CREATE TABLE ${qualifiedName(target.schema, target.table)} (${[...columns, ...key].join(', ')})`;
}

function fullType(definition: TableDefinition, name: string): string {
  const own = definition.columns.find((column) => column.name === name);
  const ours = originColumns(definition).find((column) => column.name === name);
  return own ? sqlType(own.type) : (ours?.type ?? '');
}
