import { createHash, randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { z } from 'zod';
import { type ApiClient, dataOf } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization } from './test-world.ts';
import { v1Client, type V1Answered, type V1Client } from './v1-client.ts';
import { type V1Contract, v1Contract } from './v1-contract.ts';
import type { put } from './v1-shapes.ts';

const made = z.object({ tokenId: z.uuid(), token: z.string() });
export type MadeToken = z.infer<typeof made>;

/** The API, an organization with its administrator, and a script with a token; every answer is held against the OpenAPI document. */
export type V1House = Awaited<ReturnType<typeof openV1House>>;

export async function openV1House() {
  const api = await testApi();
  const store = storeClient(api);
  const organization = await api.makeOrganization();
  const client = await api.signIn(await api.makeMember(organization, 'administrator'));
  const contract = await readContract(api);
  const scriptWith = (text: string): V1Client =>
    v1Client({ url: api.url, token: text, seen: (answer) => contract.check(answer) });
  const makeToken = (changes: Record<string, unknown> = {}, by = client) => createToken(by, changes);
  const token = await makeToken({ name: '夜間バッチ' });
  const script = scriptWith(token.token);
  const newFile = () => newFileOf(organization);
  return {
    api,
    store,
    organization,
    client,
    contract,
    token,
    script,
    scriptWith,
    makeToken,
    newFile,
    /** An administrator of another organization, with a script. */
    async stranger() {
      const other = await api.makeOrganization();
      const theirs = await api.signIn(await api.makeMember(other, 'administrator'));
      return { organization: other, script: scriptWith((await makeToken({}, theirs)).token) };
    },
    async anotherDataset(): Promise<string> {
      const slug = `other-${randomBytes(4).toString('hex')}`;
      await api.superuser.query(
        `INSERT INTO dataset (id, organization_id, slug, name_ja, name_en, kind, definition, target_table)
         SELECT gen_random_uuid(), organization_id, $2, name_ja, name_en, kind, definition, $2
           FROM dataset WHERE organization_id = $1 LIMIT 1`,
        [organization.id, slug],
      );
      return slug;
    },
    begin(body: object = newFile(), key?: string, by = script): Promise<V1Answered> {
      return by.send('POST', '/v1/uploads', { body, headers: key === undefined ? {} : { 'idempotency-key': key } });
    },
    async objectOf(uploadId: string): Promise<{ bucket: string; key: string }> {
      const { rows } = await api.superuser.query('SELECT bucket, key FROM upload WHERE id = $1', [uploadId]);
      return z.object({ bucket: z.string(), key: z.string() }).parse(rows[0]);
    },
    async close() {
      store.destroy();
      await api.close();
    },
  };
}

/** What is tried out in `v1-parts.integration.test.ts`; who may ask for it, beside all other routes. */
export const partsOperations: ReadonlySet<string> = new Set([
  'signParts',
  'listParts',
  'listUploads',
  'listRecipients',
]);

export function isAboutTokens(status: number): boolean {
  return status === 401 || status === 403;
}

export function sendPut(signed: z.infer<typeof put> | null, body: string | Buffer<ArrayBuffer>): Promise<Response> {
  if (!signed) throw new Error('there is nothing to send');
  return fetch(signed.url, { method: signed.method, headers: signed.headers, body });
}

/** As `/parts` wants to know of it. */
export function partOf(partNumber: number, bytes: Buffer) {
  return {
    partNumber,
    md5: createHash('md5').update(bytes).digest('base64'),
    sha256: createHash('sha256').update(bytes).digest('base64'),
  };
}

async function readContract(api: TestApi): Promise<V1Contract> {
  const answer = await v1Client({ url: api.url }).send('GET', '/openapi.json');
  return v1Contract(JSON.parse(answer.body));
}

async function createToken(by: ApiClient, changes: Record<string, unknown>): Promise<MadeToken> {
  const wanted = {
    name: 'script',
    scopes: ['uploads:write', 'uploads:read'],
    datasetSlugs: [],
    expiresInDays: 90,
    ...changes,
  };
  return dataOf(await by.mutate('tokens.create', wanted), made);
}

function newFileOf(organization: TestOrganization) {
  return { dataset: organization.dataset.slug, fileName: `${randomBytes(6).toString('hex')}.csv`, sizeBytes: 5 };
}

function storeClient(api: TestApi): S3Client {
  const { s3 } = testCloud();
  const { accessKeyId, secretAccessKey } = api.account.owner;
  return new S3Client({
    endpoint: s3?.endpoint ?? '',
    region: s3?.region ?? '',
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}
