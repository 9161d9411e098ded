import { randomUUID } from 'node:crypto';
import { type Client, Pool, type PoolClient } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAppDatabase, createOrganizationKey, keepUploadParts, organizationSchema } from '../src/index.ts';
import { claimArrival, inOrganization, recordArrival } from '../src/ledger/index.ts';
import { keyIn, type LedgerOrganization, objectAt, testLedger, type TestLedger } from './test-ledger.ts';

const denied = { code: '42501' };
const foreignKey = { code: '23503' };

/** Where an organization's rows are. The catalogue test below fails for a table that is missing here. */
const tables = [
  'dataset',
  'upload',
  'upload_part',
  'arrival',
  'ingest_run',
  'reject',
  'reject_header',
  'reject_line',
  'organization_key',
  'timeline_entry',
  'audit_event',
  'api_token',
];
/** Written by triggers, or by the owner but for what an administrator may say of a key. */
const readable = ['timeline_entry', 'organization_key'];
const views = ['file', 'organization_member', 'organization_profile'];
const ledgerNames = [...tables, ...views].map((name) => `public.${name}`);
const changeable = ['dataset', 'upload', 'arrival', 'ingest_run'];

let ledger: TestLedger;
let a: LedgerOrganization;
let b: LedgerOrganization;
let app: Client;

beforeAll(async () => {
  ledger = await testLedger();
  [a, b] = [await ledger.makeOrganization(), await ledger.makeOrganization()];
  for (const organization of [a, b]) await fill(organization);
  app = await ledger.connect('app');
});

afterAll(() => ledger.close());

describe('the application role', () => {
  test.each([...tables, ...views])('without an organization sees no row of %s', async (name) => {
    const { rows } = await app.query(`SELECT * FROM ${name}`);
    expect(rows).toEqual([]);
  });

  test.each(tables)("sees its organization's rows of %s and no other's", async (name) => {
    const found = await as(a, (client) => client.query(`SELECT organization_id FROM ${name}`));
    expect(new Set(found.rows.map((row) => row.organization_id))).toEqual(new Set([a.organizationId]));
    expect(found.rows.length).toBeLessThan(await countAll(name));
  });

  test.each(views)('sees nothing of another organization in the view %s', async (name) => {
    const { rows } = await as(a, (client) => client.query(`SELECT * FROM ${name}`));
    expect(rows.length).toBeGreaterThan(0);
    const text = JSON.stringify(rows);
    for (const secret of [b.organizationId, b.name, b.slug, b.personId, b.datasetId, b.datasetSlug]) {
      expect(text).not.toContain(secret);
    }
  });

  test.each(changeable)("changes no row of another organization's %s", async (name) => {
    const { rowCount } = await as(a, (client) =>
      client.query(`UPDATE ${name} SET organization_id = organization_id WHERE organization_id = $1`, [
        b.organizationId,
      ]),
    );
    expect(rowCount).toBe(0);
  });

  test("changes no checksum of another organization's parts, and no part into another", async () => {
    const { rowCount } = await as(a, (client) =>
      client.query(`UPDATE upload_part SET sha256 = 'other' WHERE organization_id = $1`, [b.organizationId]),
    );
    expect(rowCount).toBe(0);
    for (const column of ['upload_id', 'part_number']) {
      const change = as(a, (client) => client.query(`UPDATE upload_part SET ${column} = ${column}`));
      await expect(change).rejects.toMatchObject(denied);
    }
  });

  test.each(changeable)('gives no row of %s away to another organization', async (name) => {
    await expect(
      as(a, (client) => client.query(`UPDATE ${name} SET organization_id = $1`, [b.organizationId])),
    ).rejects.toMatchObject(denied);
  });

  test.each(tables.filter((name) => !readable.includes(name)))(
    'inserts no row into %s for another organization',
    async (name) => {
      const columns = await columnsOf(name);
      await expect(
        as(a, async (client) => {
          const { rows } = await ledger.superuser.query(`SELECT * FROM ${name} WHERE organization_id = $1 LIMIT 1`, [
            b.organizationId,
          ]);
          const values = columns.map((column) =>
            column === 'id' && typeof rows[0][column] !== 'string' ? undefined : rows[0][column],
          );
          const marks = values.map((_, index) => `$${index + 1}`).join(', ');
          return client.query(`INSERT INTO ${name} (${columns.join(', ')}) VALUES (${marks})`, values.map(toParameter));
        }),
      ).rejects.toThrow(/row-level security/);
    },
  );

  test.each(tables)('deletes no row of %s', async (name) => {
    await expect(as(a, (client) => client.query(`DELETE FROM ${name}`))).rejects.toMatchObject(denied);
  });

  test.each(['audit_event', 'reject', 'reject_header', 'reject_line', ...readable])(
    'changes nothing that is written in %s',
    async (name) => {
      await expect(
        as(a, (client) => client.query(`UPDATE ${name} SET organization_id = organization_id`)),
      ).rejects.toMatchObject(denied);
    },
  );

  describe('registers a key', () => {
    test('that the organization holds, under a name of its own', async () => {
      expect((await register({ id: randomUUID() })).rowCount).toBe(1);
    });

    test.each([
      ['that a worker holds', () => ({ id: randomUUID(), heldBy: 'worker' }), denied],
      ['of another kind', () => ({ id: randomUUID(), kind: 'passphrase' }), denied],
      ['for another organization', () => ({ id: randomUUID(), owner: b.organizationId }), denied],
      [
        "under the name of somebody else's",
        () => ({ id: randomUUID(), reference: `${randomUUID()}.key` }),
        { code: '23514' },
      ],
    ])('but none %s', async (_, key, error) => {
      await expect(register(key())).rejects.toMatchObject(error);
    });

    test('and changes nothing of it but whether it is in use', async () => {
      for (const column of ['public_key', 'held_by', 'private_key_reference', 'label', 'kind', 'created_at']) {
        const change = as(a, (client) => client.query(`UPDATE organization_key SET ${column} = ${column}`));
        await expect(change).rejects.toMatchObject(denied);
      }
      const { rowCount } = await as(a, (client) =>
        client.query('UPDATE organization_key SET retired_at = now() WHERE organization_id = $1', [b.organizationId]),
      );
      expect(rowCount).toBe(0);
    });
  });

  test.each(['name', 'scopes', 'dataset_slugs', 'expires_at', 'token_hash', 'created_by'])(
    'changes nothing of what a token may do: %s',
    async (column) => {
      await expect(as(a, (client) => client.query(`UPDATE api_token SET ${column} = ${column}`))).rejects.toMatchObject(
        denied,
      );
    },
  );

  test('writes no timeline by itself', async () => {
    await expect(
      as(a, (client) =>
        client.query(`INSERT INTO timeline_entry (organization_id, subject, state) VALUES ($1, 'upload', 'stored')`, [
          a.organizationId,
        ]),
      ),
    ).rejects.toMatchObject(denied);
  });

  test.each(['auth.person', 'auth.session', 'auth.account', 'auth.membership', 'auth.invitation', 'auth.organization'])(
    'can not read %s',
    async (name) => {
      await expect(app.query(`SELECT FROM ${name}`)).rejects.toMatchObject(denied);
    },
  );

  test('can not enter the job queue', async () => {
    await ledger.superuser.query('CREATE TABLE bullmq.probe (); ALTER TABLE bullmq.probe OWNER TO hikyaku_jobs');
    await expect(app.query('SELECT FROM bullmq.probe')).rejects.toMatchObject(denied);
  });

  test.each([
    'SET ROLE hikyaku_owner',
    'SET ROLE hikyaku_auth',
    'SET ROLE postgres',
    'SET row_security = off; SELECT FROM upload',
  ])('can not get around it: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject(denied);
    await app.query('RESET ALL');
  });

  test.each([
    'CREATE TABLE public.mine ()',
    'CREATE SCHEMA mine',
    'SELECT create_organization_schema(gen_random_uuid())',
  ])('can not make anything: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toMatchObject(denied);
  });
});

/** What the application may write of a key, but for what is said here. */
function register(key: { id: string; owner?: string; kind?: string; heldBy?: string; reference?: string }) {
  return as(a, (client) =>
    client.query(
      `INSERT INTO organization_key (id, organization_id, kind, public_key, held_by, private_key_reference)
       VALUES ($1, $2, $3, $4, $5, $6)`,
      [
        key.id,
        key.owner ?? a.organizationId,
        key.kind ?? 'age',
        `age1${key.id}`,
        key.heldBy ?? 'organization',
        key.reference ?? `own-${key.id}.key`,
      ],
    ),
  );
}

describe('composite foreign keys', () => {
  test("an upload can not name another organization's dataset", async () => {
    await expect(ledger.makeUpload({ ...a, datasetId: b.datasetId })).rejects.toThrow(
      /upload_dataset_id_organization_id_fkey|P2003/,
    );
  });

  test("an arrival can not name another organization's upload or dataset, even for who bypasses row security", async () => {
    const upload = await ledger.makeUpload(b);
    const insert = (dataset: string, uploadId: string | null) =>
      ledger.superuser.query(
        `INSERT INTO arrival (id, organization_id, dataset_id, upload_id, bucket, key, version_id, etag, object_identity, size_bytes, object_at)
         VALUES ($1, $2, $3, $4, 'b', $5, 'v', 'e', 'v', 1, now())`,
        [randomUUID(), a.organizationId, dataset, uploadId, randomUUID()],
      );
    await expect(insert(b.datasetId, null)).rejects.toMatchObject(foreignKey);
    await expect(insert(a.datasetId, upload.id)).rejects.toMatchObject(foreignKey);
  });

  test("an upload can not name another organization's token, and names one sender alone", async () => {
    const { rows } = await ledger.superuser.query('SELECT id FROM api_token WHERE organization_id = $1', [
      b.organizationId,
    ]);
    const upload = await ledger.makeUpload(a);
    const send = (sender: string) =>
      ledger.superuser.query(
        `UPDATE upload SET ${sender} WHERE id = $1`,
        [upload.id, rows[0].id].slice(0, sender.includes('$2') ? 2 : 1),
      );
    await expect(send('person_id = NULL, api_token_id = $2')).rejects.toMatchObject(foreignKey);
    await expect(send('person_id = NULL')).rejects.toMatchObject({ constraint: 'upload_sender' });
  });

  test("a run and a reject can not name another organization's arrival", async () => {
    const { rows } = await ledger.superuser.query('SELECT id FROM arrival WHERE organization_id = $1', [
      b.organizationId,
    ]);
    const run = `INSERT INTO ingest_run (id, organization_id, arrival_id, attempt, claim_epoch, claimed_by, claim_expires_at, staging_table)
                 VALUES (gen_random_uuid(), $1, $2, 1, 99, 'w', now(), 's')`;
    const reject = `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, code)
                    VALUES ($1, $2, gen_random_uuid(), 1, 'required')`;
    for (const statement of [run, reject]) {
      await expect(ledger.superuser.query(statement, [a.organizationId, rows[0].id])).rejects.toMatchObject(foreignKey);
    }
  });
});

describe('other roles', () => {
  test.each([...tables, ...views])('the login role can not read %s', async (name) => {
    const auth = await ledger.connect('auth');
    await expect(auth.query(`SELECT FROM public.${name}`)).rejects.toMatchObject(denied);
    await auth.end();
  });

  test("the job queue's role can read neither the ledger nor the login tables", async () => {
    const jobs = await ledger.connect('jobs');
    for (const name of [...ledgerNames, 'auth.session', 'auth.person']) {
      await expect(jobs.query(`SELECT FROM ${name}`)).rejects.toMatchObject(denied);
    }
  });

  test('the platform role sees what belongs to no organization, and only that', async () => {
    const key = `incoming/nobody/${randomUUID()}`;
    await recordArrival(ledger.pool, objectAt(key));
    const found = await ledger.app.asPlatform(
      (transaction) =>
        transaction.$queryRaw<
          { key: string; organization_id: string | null }[]
        >`SELECT key, organization_id FROM arrival`,
    );
    expect(found).toContainEqual({ key, organization_id: null });
    expect(found.filter((row) => row.organization_id !== null)).toEqual([]);
    for (const name of [...tables.filter((table) => !['arrival', 'timeline_entry'].includes(table)), ...views]) {
      await expect(
        ledger.app.asPlatform((transaction) => transaction.$queryRawUnsafe(`SELECT count(*) FROM ${name}`)),
      ).rejects.toThrow(/42501|permission denied/);
    }
  });

  test('what belongs to no organization is nothing to an organization', async () => {
    const { rows } = await as(a, (client) => client.query('SELECT FROM arrival WHERE organization_id IS NULL'));
    expect(rows).toEqual([]);
  });
});

describe("an organization's own schema", () => {
  test('is closed until its role is entered, and open only as long as the transaction', async () => {
    const [own, other] = [organizationSchema(a.organizationId), organizationSchema(b.organizationId)];
    for (const name of [own, other]) {
      await ledger.superuser.query(`CREATE TABLE ${name}.data (id int); ALTER TABLE ${name}.data OWNER TO ${name}`);
    }
    await expect(app.query(`SELECT FROM ${own}.data`)).rejects.toMatchObject(denied);
    await app.query('BEGIN');
    await app.query(`SET LOCAL ROLE ${own}`);
    await expect(app.query(`INSERT INTO ${own}.data VALUES (1)`)).resolves.toBeDefined();
    await expect(app.query(`SELECT FROM ${other}.data`)).rejects.toMatchObject(denied);
    await app.query('ROLLBACK');
    await expect(app.query(`SELECT FROM ${own}.data`)).rejects.toMatchObject(denied);
  });

  test("an organization's role can read neither the ledger nor the login tables, nor log in", async () => {
    const own = organizationSchema(a.organizationId);
    for (const name of [...ledgerNames, 'auth.session']) {
      await app.query('BEGIN');
      await app.query(`SET LOCAL ROLE ${own}`);
      await expect(app.query(`SELECT FROM ${name}`)).rejects.toMatchObject(denied);
      await app.query('ROLLBACK');
    }
    const { rows } = await ledger.superuser.query('SELECT rolcanlogin, rolbypassrls FROM pg_roles WHERE rolname = $1', [
      own,
    ]);
    expect(rows).toEqual([{ rolcanlogin: false, rolbypassrls: false }]);
  });
});

describe('a pooled connection that comes back', () => {
  const setting = `SELECT current_setting('hikyaku.organization_id', true) AS organization,
                          current_setting('hikyaku.actor_id', true) AS actor, current_user AS role,
                          (SELECT count(*)::int FROM upload) AS uploads`;
  const nothingSet = { organization: '', actor: '', role: 'hikyaku_app', uploads: 0 };

  test.each(['work', 'throw', 'sql error'])('to the worker carries nothing, after: %s', async (ending) => {
    const pool = new Pool({ connectionString: ledger.database.app, max: 1 });
    const run = inOrganization(pool, a.organizationId, async (client) => {
      await client.query(`SET LOCAL ROLE ${organizationSchema(a.organizationId)}`);
      if (ending === 'throw') throw new Error('thrown');
      if (ending === 'sql error') await client.query('SELECT 1 / 0');
    });
    await (ending === 'work' ? run : expect(run).rejects.toThrow());
    const { rows } = await pool.query(setting);
    expect({ ...rows[0], actor: rows[0].actor ?? '' }).toEqual(nothingSet);
    await pool.end();
  });

  test.each(['work', 'throw', 'sql error'])('to the application carries nothing, after: %s', async (ending) => {
    const database = createAppDatabase({ url: ledger.database.app, maxConnections: 1 });
    const run = database.inOrganization(a, async (transaction) => {
      if (ending === 'throw') throw new Error('thrown');
      if (ending === 'sql error') await transaction.$queryRaw`SELECT 1 / 0`;
    });
    await (ending === 'work' ? run : expect(run).rejects.toThrow());
    // The one connection there is, in a transaction that sets nothing but a role that may see less.
    const [left] = await database.asPlatform(
      (transaction) => transaction.$queryRaw<{ organization: string; actor: string }[]>`
        SELECT current_setting('hikyaku.organization_id', true) AS organization,
               current_setting('hikyaku.actor_id', true) AS actor`,
    );
    expect(left).toEqual({ organization: '', actor: '' });
    await database.close();
  });
});

describe('the catalogue', () => {
  test('every table that has an organization_id is guarded by row-level security, and stands in this test', async () => {
    const { rows } = await ledger.superuser.query<{ name: string; guarded: boolean; policies: number }>(
      `SELECT c.relname AS name, c.relrowsecurity AS guarded,
              (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         JOIN pg_attribute t ON t.attrelid = c.oid AND t.attname = 'organization_id' AND NOT t.attisdropped
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')`,
    );
    expect(rows.filter(({ guarded, policies }) => !guarded || policies === 0)).toEqual([]);
    expect(rows.map(({ name }) => name).toSorted()).toEqual(tables.toSorted());
  });

  test('every table of the ledger has an organization_id, but one that nobody can read', async () => {
    const { rows } = await ledger.superuser.query(
      `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
          AND NOT EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = c.oid AND t.attname = 'organization_id')`,
    );
    expect(rows).toEqual([{ relname: 'reconciliation' }]);
    await expect(app.query('SELECT FROM reconciliation')).rejects.toMatchObject(denied);
  });

  test('no policy lets everything through', async () => {
    const { rows } = await ledger.superuser.query(
      `SELECT tablename, policyname, qual, with_check FROM pg_policies WHERE qual = 'true' OR with_check = 'true'`,
    );
    expect(rows).toEqual([]);
  });

  test('every view is a barrier or reads as its reader, and stands in this test', async () => {
    const { rows } = await ledger.superuser.query<{ name: string; options: string[] | null }>(
      `SELECT c.relname AS name, c.reloptions AS options FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'v'`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(views.toSorted());
    const guards = /^security_(barrier|invoker)=(true|on|1)$/;
    expect(rows.filter(({ options }) => !options?.some((option) => guards.test(option)))).toEqual([]);
  });

  test("every function that runs with its owner's rights has a fixed search path and is not everybody's to call", async () => {
    const { rows } = await ledger.superuser.query(
      `SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND p.prosecdef
          AND (NOT coalesce(p.proconfig::text LIKE '%search_path=%', false)
               OR (p.prorettype <> 'trigger'::regtype AND has_function_privilege('public', p.oid, 'EXECUTE')))`,
    );
    expect(rows).toEqual([]);
  });
});

function as<T>(organization: LedgerOrganization, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inOrganization(ledger.pool, organization.organizationId, work);
}

async function fill(organization: LedgerOrganization): Promise<void> {
  const upload = await ledger.makeUpload(organization);
  await ledger.app.inOrganization(organization, (transaction) =>
    keepUploadParts(transaction, organization, upload.id, [
      { partNumber: 1, sizeBytes: 100, digest: { md5: 'm', sha256: 's' } },
    ]),
  );
  await recordArrival(ledger.pool, objectAt(upload.key));
  const { id } = await recordArrival(ledger.pool, objectAt(keyIn(organization)));
  const runId = randomUUID();
  await claimArrival(ledger.pool, { arrivalId: id, runId, worker: 'w', claimSeconds: 60, mostAttempts: 3 });
  await inOrganization(ledger.pool, organization.organizationId, async (client) => {
    await client.query(
      `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, code) VALUES ($1, $2, $3, 1, 'required')`,
      [organization.organizationId, id, runId],
    );
    await client.query(
      `INSERT INTO reject_header (organization_id, arrival_id, header, encoding, byte_order_mark, newline)
       VALUES ($1, $2, 'id', 'utf-8', false, $3)`,
      [organization.organizationId, id, '\n'],
    );
    await client.query(
      `INSERT INTO reject_line (organization_id, arrival_id, line_number, raw) VALUES ($1, $2, 1, 'x')`,
      [organization.organizationId, id],
    );
    await client.query(
      `INSERT INTO api_token (id, organization_id, name, token_hash, last_four, scopes, dataset_slugs, created_by, expires_at)
       VALUES (gen_random_uuid(), $1, 'nightly', gen_random_uuid()::text, '0000', '{uploads:read}', '{}', $2, now() + interval '1 day')`,
      [organization.organizationId, organization.personId],
    );
    await client.query(
      `INSERT INTO audit_event (organization_id, action, subject, subject_id) VALUES ($1, 'test', 'upload', $2)`,
      [organization.organizationId, upload.id],
    );
  });
  const publicPart = { kind: 'age', publicKey: `age1${runId}` } as const;
  const key = { publicPart, privateKeyReference: `${runId}.key` };
  await createOrganizationKey(ledger.database.owner, { organization: organization.slug, ...key });
}

async function countAll(name: string): Promise<number> {
  const { rows } = await ledger.superuser.query(`SELECT count(*)::int AS n FROM ${name}`);
  return rows[0].n;
}

/** All that a client gives a value for. */
async function columnsOf(name: string): Promise<string[]> {
  const { rows } = await ledger.superuser.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped
        AND coalesce(pg_get_expr(d.adbin, d.adrelid), '') NOT LIKE 'nextval%'`,
    [name],
  );
  return rows.map((row) => row.name);
}

function toParameter(value: unknown): unknown {
  if (Array.isArray(value) || value instanceof Date || Buffer.isBuffer(value)) return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}
