import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HikyakuError } from '@hikyaku/types';
import { downloadObject } from '../../download/download-object.ts';
import { getObject } from '../../read/get-object.ts';
import { type ConformanceCase, type ConformanceContext, expectThat } from '../conformance-case.ts';
import { put } from './shared-steps.ts';

const rangeBytes = 64 * 1024;
const body = randomBytes(20 * rangeBytes + 17);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-conformance-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function codeOf({ client, bucket }: ConformanceContext, name: { bucket?: string; key: string }): Promise<string> {
  const error: unknown = await getObject(client, { bucket, ...name }).catch((failure: unknown) => failure);
  return error instanceof HikyakuError ? error.code : 'nothing';
}

export const transferCases: readonly ConformanceCase[] = [
  {
    name: 'a download in ranges side by side is the object, and verified',
    run: ({ client, bucket, prefix }) =>
      inFolder(async (folder) => {
        await put({ client, bucket }, `${prefix}object`, body);
        const path = join(folder, 'object');
        const { verified } = await downloadObject(client, { bucket, key: `${prefix}object` }, path, { rangeBytes });
        expectThat((await readFile(path)).equals(body), 'the file is not the object');
        expectThat(verified !== undefined, 'nothing was there to verify it with');
        expectThat((await readdir(folder)).length === 1, 'something was left beside it');
      }),
  },
  {
    name: 'a download that was stopped goes on where it stopped',
    run: ({ client, bucket, prefix }) =>
      inFolder(async (folder) => {
        const object = { bucket, key: `${prefix}stopped` };
        await put({ client, bucket }, object.key, body);
        const controller = new AbortController();
        const path = join(folder, 'object');
        const stopping = { signal: controller.signal, onProgress: () => controller.abort(new Error('enough')) };
        const options = { rangeBytes, connections: 1 };
        await downloadObject(client, object, path, { ...options, ...stopping }).catch(() => undefined);
        const { resumedBytes, fetchedBytes } = await downloadObject(client, object, path, options);
        expectThat(resumedBytes + fetchedBytes === body.length, `${resumedBytes} and ${fetchedBytes} are not all`);
        expectThat((await readFile(path)).equals(body), 'the file is not the object');
      }),
  },
  {
    name: 'an object, a version and a bucket that are not there are told apart, with the number of the request',
    async run(context) {
      expectThat((await codeOf(context, { key: `${context.prefix}nothing` })) === 'no-such-key', 'no-such-key');
      const bucket = `hikyaku-${randomBytes(8).toString('hex')}`;
      const found = await codeOf(context, { bucket, key: 'x' });
      // Where somebody else may have a bucket of this name, AWS says no more.
      expectThat(found === 'no-such-bucket' || found === 'access-denied', `a bucket that is not there is ${found}`);
      const object = { bucket: context.bucket, key: `${context.prefix}nothing` };
      const error: unknown = await getObject(context.client, object).catch((failure: unknown) => failure);
      expectThat(error instanceof HikyakuError && Boolean(error.details['requestId']), 'no request is named');
    },
  },
];
