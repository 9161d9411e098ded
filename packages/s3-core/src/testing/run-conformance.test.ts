import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { runConformance } from './index.ts';

const pageSize = 2;
let keys: Set<string>;
let kept: Set<string>;
let deletions: number;

/** A store that keeps no versions, with pages of two. */
const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (request.method === 'DELETE') {
    deletions += 1;
    const key = decodeURIComponent(url.pathname.replace('/bucket/', ''));
    if (!kept.has(key)) keys.delete(key);
    response.writeHead(204).end();
    return;
  }
  const page = url.searchParams.has('versions') ? [...keys].slice(0, pageSize) : [];
  const versions = page.map((key) => `<Version><Key>${key}</Key><VersionId>null</VersionId></Version>`);
  response.end(`<?xml version="1.0"?><ListVersionsResult>${versions.join('')}</ListVersionsResult>`);
});

beforeEach(async () => {
  keys = new Set(['own/a', 'own/b', 'own/c', 'own/d', 'own/e']);
  kept = new Set();
  deletions = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function runNothing(): Promise<void> {
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const client = clientFor({ endpoint, region: 'us-east-1', accessKeyId: 'x', secretAccessKey: 'x' }, 1);
  await runConformance({ client, bucket: 'bucket' }, { cases: [], prefix: 'own/' });
  client.destroy();
}

test('every page of what was written is deleted where no versions are kept, too', async () => {
  await runNothing();
  expect([...keys]).toEqual([]);
});

test('what can not be deleted is not tried for ever', async () => {
  kept = new Set(['own/a']);
  await runNothing();
  expect(keys.has('own/a')).toBe(true);
  expect(deletions).toBeLessThan(10);
});
