import { expect, test } from 'vitest';
import { connectionError, problemError } from './problem-error.ts';

const origin = 'https://h.example';
const problem = (code: string, status: number, rest: object = {}) =>
  new Response(JSON.stringify({ code, status, detail: 'in words', ...rest }), { status });

test.each<[string, Response, object]>([
  [
    'a problem keeps its code and values',
    problem('size-mismatch', 409, { details: { expected: 3 } }),
    { code: 'size-mismatch', details: { expected: 3 }, retriable: false },
  ],
  [
    'what the server can not do now may be tried again',
    problem('database-unavailable', 503),
    { code: 'database-unavailable', retriable: true },
  ],
  ['so may what came too often', problem('rate-limited', 429), { code: 'rate-limited', retriable: true }],
  [
    'a code of a newer server is told in its own words',
    problem('brand-new', 400),
    { code: 'server-said', details: { text: 'in words' } },
  ],
  [
    'a gateway on the way that is in trouble is the network',
    new Response('<html>', { status: 502 }),
    { code: 'network', retriable: true },
  ],
  ['one that is asked too often, too', new Response('<html>', { status: 429 }), { code: 'network', retriable: true }],
  [
    'an answer that is no problem of ours is not our server',
    new Response('<html>', { status: 404 }),
    { code: 'not-our-server' },
  ],
  [
    'where it sends us on to is told',
    new Response('<html>', { status: 302, headers: { location: 'https://login.example/' } }),
    { code: 'redirected', details: { location: 'https://login.example/' } },
  ],
  ['sent on to nowhere, too, it is not ours', new Response(null, { status: 304 }), { code: 'not-our-server' }],
])('%s', async (_, answer, expected) => {
  expect(await problemError(answer, origin)).toMatchObject(expected);
});

test('what a help desk asks for goes with trouble of the server', async () => {
  const referenceId = '01a20357-eb43-773c-b302-f6ad14e73896';
  expect(await problemError(problem('internal', 500, { referenceId }), origin)).toMatchObject({
    details: { referenceId },
  });
});

test.each([
  ['ECONNREFUSED', { code: 'network', retriable: true }],
  ['SELF_SIGNED_CERT_IN_CHAIN', { code: 'untrusted-server' }],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', { code: 'untrusted-server' }],
])('%s', (code, expected) => {
  const error = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });
  expect(connectionError(error, origin)).toMatchObject(expected);
});
