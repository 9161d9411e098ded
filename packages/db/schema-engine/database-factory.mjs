import { ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import { Client, Result, escapeIdentifier } from 'pg';

const internalCharOid = 18;
const textOid = 25;
const mark = '\u0001char';

// adapter-pg has no mapping for PostgreSQL's internal "char", which the engine's catalogue queries read:
// let it pass as text under a marked name, and hand it back as a character.
const addFields = Result.prototype.addFields;
Result.prototype.addFields = function addMarkedFields(fields) {
  return addFields.call(
    this,
    fields.map((field) =>
      field.dataTypeID === internalCharOid
        ? Object.assign(field, { dataTypeID: textOid, name: field.name + mark })
        : field,
    ),
  );
};

/** Connections for the engine; a shadow database of its own for `migrate dev`. */
export function databaseFactory(url, datasource) {
  return {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    async connect() {
      return forEngine(await new PrismaPg(...adapterArguments(url)).connect());
    },
    async connectToShadowDb() {
      if (datasource.shadowDatabaseUrl) throw new Error('shadowDatabaseUrl is not supported by this engine');
      const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`;
      await administer(url, `CREATE DATABASE "${name}"`);
      const adapter = await new PrismaPg(...adapterArguments(atDatabase(url, name))).connect();
      return forEngine(adapter, async () => {
        await adapter.dispose();
        await administer(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
      });
    },
  };
}

export async function createDatabase(url) {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  await administer(url, `CREATE DATABASE ${escapeIdentifier(name)}`);
}

export async function pingDatabase(url) {
  const client = new Client(url);
  await client.connect();
  await client.end();
}

async function administer(url, sql) {
  const client = new Client(atDatabase(url, 'postgres'));
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function atDatabase(url, name) {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

function adapterArguments(url) {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema') ?? undefined;
  parsed.searchParams.delete('schema');
  return [{ connectionString: parsed.href, max: 2 }, { schema }];
}

function forEngine(adapter, dispose = () => adapter.dispose()) {
  const overrides = {
    dispose,
    async queryRaw(query) {
      const result = await adapter.queryRaw(query);
      result.columnNames.forEach((name, index) => {
        if (!name.endsWith(mark)) return;
        result.columnNames[index] = name.slice(0, -mark.length);
        result.columnTypes[index] = ColumnTypeEnum.Character;
      });
      return result;
    },
    // adapter-pg splits on ';', which breaks function bodies: send the whole script, as the native engine does.
    async executeScript(script) {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        adapter.onError(error);
      }
    },
  };
  return new Proxy(adapter, {
    get(target, property) {
      if (property in overrides) return overrides[property];
      const value = target[property];
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
