import { HikyakuError } from '@hikyaku/types';
import { Pool } from 'pg';
import { expect, test } from 'vitest';
import { isOutage } from './is-outage.ts';

const ofServer = (code: string) => Object.assign(new Error('x'), { severity: 'ERROR', code });

test.each([
  ['a server that shuts down', ofServer('57P01')],
  ['a server that recovers', ofServer('57P03')],
  ['too many connections', ofServer('53300')],
  ['a full disk', ofServer('53100')],
  ['a server that only reads', ofServer('25006')],
  ['a deadlock', ofServer('40P01')],
  ['a connection that ended', new Error('Connection terminated unexpectedly')],
  ['storage that does not answer', new HikyakuError('storage-unavailable', { retriable: true })],
])('%s is an outage', (_what, error) => {
  expect(isOutage(error)).toBe(true);
});

test.each([
  ['a value that can not be kept', ofServer('22021')],
  ['a broken constraint', ofServer('23514')],
  ['a mistake of ours', new TypeError('x is not a function')],
  ['storage that refuses', new HikyakuError('storage-refused')],
])('%s is none: waiting would not help', (_what, error) => {
  expect(isOutage(error)).toBe(false);
});

test('a database that is not there is an outage', async () => {
  for (const host of ['127.0.0.1', 'localhost']) {
    const pool = new Pool({ connectionString: `postgresql://nobody@${host}:1/none` });
    const error: unknown = await pool.query('SELECT 1').catch((failure: unknown) => failure);
    expect(isOutage(error), host).toBe(true);
    await pool.end();
  }
});
