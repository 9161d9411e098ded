import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { DeleteObjectCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { CloudAccount } from '@hikyaku/local-cloud';
import { type FaultProxy, openFaultProxy, s3Answer } from '@hikyaku/local-cloud/fault-proxy';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import type { DoctorFinding } from '@hikyaku/types';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../test/self-signed.ts';
import { diagnose, type DiagnoseOptions } from './diagnose.ts';
import { renderFindings } from './render-findings.ts';

interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

let account: CloudAccount;
let gateway: URL;
let proxy: FaultProxy;
const clients: { destroy(): void }[] = [];
const servers: Server[] = [];

beforeAll(async () => {
  account = await testAccount();
  gateway = new URL(testCloud().s3?.endpoint ?? '');
  proxy = await openFaultProxy({ target: { host: gateway.hostname, port: Number(gateway.port) }, http: true });
});
afterEach(async () => {
  proxy.heal();
  await removeLeft();
  for (const client of clients.splice(0)) client.destroy();
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});
afterAll(async () => {
  await proxy.close();
  await account.delete();
});

function clientWith(credentials: Keys = account.owner, endpoint = gateway.href): S3Client {
  const client = new S3Client({
    endpoint,
    region: account.region,
    credentials: { ...credentials },
    maxAttempts: 1,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  clients.push(client);
  return client;
}

const through = () => clientWith(account.owner, `http://127.0.0.1:${proxy.port}`);

/** Of the gateway's STS, which is no loopback to AWS. */
function stsWith(credentials: Keys = account.owner): STSClient {
  const sts = new STSClient({
    endpoint: gateway.href,
    region: account.region,
    credentials: { ...credentials },
    maxAttempts: 1,
  });
  clients.push(sts);
  return sts;
}

/** `check state reason` of each finding. */
async function look(options: Partial<DiagnoseOptions> = {}): Promise<{ lines: string[]; findings: DoctorFinding[] }> {
  const findings = await diagnose({
    s3: clientWith(),
    sts: stsWith(),
    bucket: account.bucket,
    environment: { AWS_EC2_METADATA_DISABLED: 'true' },
    timeoutSeconds: 3,
    ...options,
  });
  return { lines: findings.map(({ check, state, reason = '' }) => `${check} ${state} ${reason}`.trim()), findings };
}

/** What of the doctor is in the bucket, hidden or not. */
async function leftBehind(): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = await clientWith().send(
    new ListObjectVersionsCommand({ Bucket: account.bucket, Prefix: 'doctor/' }),
  );
  return Versions.length + DeleteMarkers.length;
}

test('where all is well it says so, and leaves nothing', async () => {
  const sqs = new SQSClient({
    endpoint: testCloud().sqs?.endpoint ?? '',
    region: account.region,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  clients.push(sqs);
  const { lines, findings } = await look({ queue: { client: sqs, url: account.queueUrl } });
  expect(lines).toEqual([
    'credentials ok',
    'instance-metadata skipped switched-off',
    'identity skipped not-supported',
    'name-resolution ok',
    'connection ok',
    'clock ok',
    'list ok',
    'write ok',
    'read ok',
    'encryption ok',
    'delete ok',
    'queue ok',
  ]);
  expect(await leftBehind()).toBe(0);
  expect(JSON.stringify(findings)).not.toContain(account.owner.secretAccessKey);
});

test('under a session it says when that ends, and what the session may not do', async () => {
  const session = { ...(await assumeWorkerRole()), expiration: new Date(Date.now() + 200_000) };
  const { lines, findings } = await look({ s3: clientWith(session) });
  expect(lines[0]).toBe('credentials warn credentials-ending');
  expect(lines.slice(7)).toEqual([
    'write fail access-denied',
    'read skipped stands-on-broken',
    'encryption skipped stands-on-broken',
    'delete skipped stands-on-broken',
    'queue skipped not-asked',
  ]);
  for (const secret of [session.secretAccessKey, session.sessionToken]) {
    expect(JSON.stringify(findings)).not.toContain(secret);
  }
});

test('where the name of the caller is known it says why access was denied, and where to look', async () => {
  const s3 = clientWith(await assumeWorkerRole());
  const sts = await stsThatNames('arn:aws:sts::111122223333:assumed-role/worker/nightly');
  const { lines, findings } = await look({ s3, sts });
  expect(lines).toContain('identity ok');
  const { explanation } = findings.find(({ check }) => check === 'write') ?? {};
  expect(explanation?.ja).toMatch(/s3:PutObject[^]*[ぁ-ん]/);
  expect(explanation?.en).toContain(`arn:aws:s3:::${account.bucket}/doctor/`);
  expect(findings.filter(({ state }) => state === 'ok').every((finding) => finding.explanation === undefined)).toBe(
    true,
  );
  expect(renderFindings(findings, 'en')).toContain('s3:PutObject');
});

test('without credentials all that needs them is left out, and the way to S3 is looked at all the same', async () => {
  const s3 = new S3Client({
    endpoint: gateway.href,
    region: account.region,
    forcePathStyle: true,
    credentials: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
  });
  clients.push(s3);
  const environment = { AWS_EC2_METADATA_DISABLED: 'true', AWS_ACCESS_KEY_ID: 'AKIA' };
  const { lines } = await look({ s3, environment });
  expect(lines).toContain('credentials fail partial-credentials');
  expect(lines).toContain('connection ok');
  expect(lines).toContain('list skipped stands-on-broken');
});

test('a bucket that is not there, and a wrong secret, are told apart', async () => {
  expect((await look({ bucket: 'nobody-has-this-bucket' })).lines).toContain('list fail no-such-bucket');
  // The gateway says AccessDenied to both.
  const body = '<Error><Code>SignatureDoesNotMatch</Code><Message>m</Message></Error>';
  proxy.setHttp([{ path: /list-type/, effect: { kind: 'answer', status: 403, contentType: 'application/xml', body } }]);
  const { lines } = await look({ s3: through() });
  expect(lines).toContain('list fail invalid-credentials');
});

describe('on the way to S3', () => {
  test('a name that nobody knows', async () => {
    const { lines } = await look({ s3: clientWith(account.owner, 'http://nobody.invalid') });
    expect(lines).toContain('name-resolution fail name-not-resolved');
    expect(lines).toContain('connection skipped stands-on-broken');
    expect(lines).toContain('write skipped stands-on-broken');
  });

  test('a port where nobody listens', async () => {
    const { lines } = await look({ s3: clientWith(account.owner, 'http://127.0.0.1:9') });
    expect(lines).toContain('connection fail network');
    expect(lines).toContain('clock skipped stands-on-broken');
  });

  test('silence ends in time, each check by itself, and what may be left is named', async () => {
    // One that nobody has a connection to yet.
    const silent = await openFaultProxy({ target: { host: gateway.hostname, port: Number(gateway.port) } });
    silent.setWire({ end: { how: 'stall', afterBytes: 0 } });
    const begun = Date.now();
    const { lines } = await look({
      s3: clientWith(account.owner, `http://127.0.0.1:${silent.port}`),
      timeoutSeconds: 1,
    });
    await silent.close();
    expect(lines).toContain('connection ok');
    expect(lines).toContain('clock fail timeout');
    expect(lines).toContain('list fail timeout');
    expect(lines).toContain('delete fail probe-left');
    expect(Date.now() - begun).toBeLessThan(8_000);
  });

  test('a certificate of somebody in between', async () => {
    const server = createTlsServer(selfSigned).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    const port = portOf(server);
    const { lines, findings } = await look({ s3: clientWith(account.owner, `https://localhost:${port}`) });
    expect(lines).toContain('connection fail untrusted-certificate');
    expect(findings.find(({ check }) => check === 'connection')?.details['issuer']).toBe(
      'Proxy of the office localhost',
    );
  });

  test.each([
    [20 * 60, 'clock fail clock-skew', 'ahead'],
    [-120, 'clock warn clock-off', 'behind'],
    [10, 'clock ok', 'ahead'],
  ])('a clock that is %i seconds ahead', async (ahead, line, direction) => {
    const { lines, findings } = await look({ now: () => new Date(Date.now() + ahead * 1_000) });
    expect(lines).toContain(line);
    const { details } = findings.find(({ check }) => check === 'clock') ?? {};
    expect(details?.['direction']).toBe(direction);
    expect(Math.abs(Number(details?.['seconds']) - Math.abs(ahead))).toBeLessThanOrEqual(2);
  });

  test('contents that somebody changes', async () => {
    proxy.setHttp([{ method: 'GET', path: /hikyaku-doctor-/, effect: { kind: 'corrupt-byte' } }]);
    expect((await look({ s3: through() })).lines).toContain('read fail probe-differs');
    expect(await leftBehind()).toBe(0);
  });
});

describe('the probe', () => {
  test('that can not be deleted is named, with what was said', async () => {
    proxy.setHttp([{ method: 'DELETE', effect: s3Answer(503) }]);
    const { findings } = await look({ s3: through() });
    const { details } = findings.find(({ reason }) => reason === 'probe-left') ?? {};
    expect(details).toMatchObject({ key: expect.stringMatching(/^doctor\/hikyaku-doctor-/), awsCode: 'SlowDown' });
    expect(await leftBehind()).toBe(1);
  });

  test('that may not be deleted is named, with why', async () => {
    const body = '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    const effect = { kind: 'answer', status: 403, contentType: 'application/xml', body } as const;
    proxy.setHttp([{ method: 'DELETE', effect }]);
    const sts = await stsThatNames('arn:aws:iam::111122223333:user/nightly');
    const { findings } = await look({ s3: through(), sts });
    const { explanation } = findings.find(({ reason }) => reason === 'probe-left') ?? {};
    expect(explanation?.en).toContain('s3:DeleteObject');
  });

  test('is hidden where versions may not be deleted', async () => {
    proxy.setHttp([{ method: 'DELETE', path: /versionId=/, effect: s3Answer(503) }]);
    expect((await look({ s3: through() })).lines).toContain('delete warn probe-hidden');
  });

  test('whose writing got no answer is deleted all the same', async () => {
    proxy.setHttp([{ method: 'PUT', effect: { kind: 'stall', afterBytes: 0 } }]);
    const { lines } = await look({ s3: through(), timeoutSeconds: 1 });
    expect(lines).toContain('write fail timeout');
    expect(lines.find((line) => line.startsWith('delete'))).toBe('delete ok');
  });

  test('is gone after an abort', async () => {
    const controller = new AbortController();
    const aborted = look({
      signal: controller.signal,
      onFinding: ({ check }) => check === 'write' && controller.abort(new Error('enough')),
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(await leftBehind()).toBe(0);
  });
});

describe('instance metadata', () => {
  test.each([
    [{ role: 'reader', needsToken: true }, 'instance-metadata ok'],
    [{ role: 'reader', needsToken: false }, 'instance-metadata warn metadata-without-token'],
    [{ role: undefined, needsToken: true }, 'instance-metadata warn no-instance-role'],
  ])('%j', async (instance, line) => {
    const server = createServer((request, response) => {
      const isAllowed = request.headers['x-aws-ec2-metadata-token'] === 't' || !instance.needsToken;
      const answers: Record<string, string | undefined> = {
        'PUT /latest/api/token': 't',
        'GET /latest/meta-data/': isAllowed ? 'iam/' : undefined,
        'GET /latest/meta-data/iam/security-credentials/': isAllowed ? instance.role : undefined,
      };
      const answer = answers[`${request.method} ${request.url}`];
      response.writeHead(answer === undefined ? 404 : 200).end(answer);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    const port = portOf(server);
    const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${port}` };
    expect((await look({ environment })).lines).toContain(line);
  });

  test('elsewhere there is none', async () => {
    const environment = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:9' };
    expect((await look({ environment })).lines).toContain('instance-metadata skipped not-on-ec2');
  });
});

/** As the SDK does it by the profile that a worker gets. */
async function assumeWorkerRole() {
  const environment = account.environment('ingest-worker');
  const files = ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE'].map((name) =>
    readFile(environment[name] ?? '', 'utf8'),
  );
  const profile = (await Promise.all(files)).join('\n');
  const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(profile)?.[1] ?? '';
  const base = { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
  const { Credentials: given } = await stsWith(base).send(
    new AssumeRoleCommand({ RoleArn: value('role_arn'), RoleSessionName: 'doctor', DurationSeconds: 900 }),
  );
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken ?? '',
  };
}

async function removeLeft(): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await clientWith().send(
    new ListObjectVersionsCommand({ Bucket: account.bucket, Prefix: 'doctor/' }),
  );
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    await clientWith().send(new DeleteObjectCommand({ Bucket: account.bucket, Key, VersionId }));
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('listens nowhere');
  return address.port;
}

/** The gateway doesn't know the question: an answer in the form of AWS's. */
async function stsThatNames(arn: string): Promise<STSClient> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/xml');
    response.end(
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>u</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new STSClient({ endpoint: `http://127.0.0.1:${port}`, region: account.region, credentials });
  clients.push(client);
  return client;
}
