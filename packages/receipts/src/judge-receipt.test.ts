import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { compactVerify, importJWK } from 'jose';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { facts, portalUrl } from '../test/sample-receipt.ts';
import { createReceiptIssuer } from './issue/index.ts';
import {
  judgeReceipt,
  mostReceiptCharacters,
  type ReceiptFile,
  receiptFileText,
  readPublishedKeys,
  type TrustedKeys,
} from './index.ts';
import { keyIdOf } from './public-key.ts';

function makeKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x } = z.object({ x: z.string() }).parse(publicKey.export({ format: 'jwk' }));
  const keyId = keyIdOf(x);
  const published = { kty: 'OKP', crv: 'Ed25519', x, kid: keyId, use: 'sig', alg: 'EdDSA' } as const;
  return { signing: { keyId, privateKey }, published: [published] };
}

const keys = makeKeys();
const issuer = createReceiptIssuer(keys, `${portalUrl}/`);
const trusted = trustedKeys(issuer.publishedKeys);
const genuine = issuer.issue(facts);
const [header = '', payload = '', signature = ''] = genuine.signature.split('.');

function trustedKeys(published: unknown): TrustedKeys {
  const read = readPublishedKeys(published);
  if (!read) throw new Error('no keys');
  return read;
}

const judge = (file: unknown, by = trusted) =>
  judgeReceipt(typeof file === 'string' ? file : JSON.stringify(file), by).verdict;

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by whom, under which name, in whatever form somebody may think of. */
function forged(by: KeyObject, changes: { header?: object; receipt?: object } = {}): ReceiptFile {
  const input = `${encode({ alg: 'EdDSA', kid: keys.signing.keyId, typ: 'hikyaku-receipt', ...changes.header })}.${encode({ ...genuine.receipt, ...changes.receipt })}`;
  const signatureOf = sign(null, Buffer.from(input), by).toString('base64url');
  return { ...genuine, receipt: { ...genuine.receipt, ...changes.receipt }, signature: `${input}.${signatureOf}` };
}

/** Every value in a receipt, changed by itself. */
function* eachChanged(value: unknown, path: string[] = []): Generator<[path: string, changed: unknown]> {
  if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      for (const [where, changed] of eachChanged(member, [...path, name])) {
        yield [where, { ...value, [name]: changed }];
      }
    }
    return;
  }
  yield [path.join('.'), changedValue(value)];
}

function changedValue(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return 'x';
  if (value === 'taken_in') return 'refused';
  if (value === 'same') return 'same-parts';
  const digit = value.search(/\d/);
  if (digit < 0) return `${value}x`;
  return `${value.slice(0, digit)}${(Number(value[digit]) + 1) % 10}${value.slice(digit + 1)}`;
}

describe('a receipt', () => {
  test('as it was issued is genuine, and so is one whose spaces or escapes an editor wrote anew', () => {
    const text = receiptFileText(genuine);
    expect(judgeReceipt(text, trusted)).toEqual({
      verdict: 'genuine',
      receipt: genuine.receipt,
      keyId: keys.signing.keyId,
    });
    expect(judge(genuine)).toBe('genuine');
    expect(judge(text.replaceAll('\n', '\r\n\t'))).toBe('genuine');
    expect(judge(text.replaceAll(/[^\n -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`))).toBe(
      'genuine',
    );
  });

  test('of the same outcome is the same, letter for letter; of another outcome it has another number', () => {
    expect(issuer.issue(facts)).toEqual(genuine);
    expect(issuer.issue({ ...facts, outcomeOf: 'another' }).receipt.id).not.toBe(genuine.receipt.id);
    expect(genuine.receipt.issuer).toBe(portalUrl);
  });

  test('can be checked by any library for JWS', async () => {
    const [published = {}] = issuer.publishedKeys.keys;
    const { payload: signed } = await compactVerify(genuine.signature, await importJWK(published, 'EdDSA'));
    expect(JSON.parse(new TextDecoder().decode(signed))).toEqual(genuine.receipt);
  });

  test('stays genuine when another key signs since', () => {
    const next = makeKeys();
    const both = { signing: next.signing, published: [...keys.published, ...next.published] };
    const later = createReceiptIssuer(both, portalUrl);
    const since = trustedKeys(later.publishedKeys);
    expect([judge(genuine, since), judge(later.issue(facts), since)]).toEqual(['genuine', 'genuine']);
  });
});

test('a mark that an editor has put before it changes nothing', () => {
  expect(judge(`\uFEFF${receiptFileText(genuine)}`)).toBe('genuine');
});

describe('a receipt is not believed', () => {
  const changes = [...eachChanged(genuine.receipt)];

  test.each(changes)('with another %s in its readable part', (_where, changed) => {
    expect(judgeReceipt(JSON.stringify({ ...genuine, receipt: changed }), trusted)).toEqual({
      verdict: 'changed',
      where: 'readable-part',
    });
  });

  test.each(changes)('with another %s in what was signed, told alike in both', (_where, changed) => {
    const file = { ...genuine, receipt: changed, signature: `${header}.${encode(changed)}.${signature}` };
    expect(judge(file)).toBe('changed');
    expect(judge({ ...file, receipt: genuine.receipt })).toBe('changed');
  });

  test('with one letter of its signature changed, whichever', () => {
    const verdicts = Array.from(genuine.signature, (letter, at) =>
      judge({
        ...genuine,
        signature: genuine.signature.slice(0, at) + (letter === 'A' ? 'B' : 'A') + genuine.signature.slice(at + 1),
      }),
    );
    expect(verdicts.filter((verdict) => verdict !== 'changed' && verdict !== 'unknown-key')).toEqual([]);
  });

  test('with the same signature in another spelling', () => {
    // The last letter of 64 bytes has four bits that mean nothing.
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const next = last[last.indexOf(signature.at(-1) ?? '') + 1] ?? '';
    expect(judge({ ...genuine, signature: `${header}.${payload}.${signature.slice(0, -1)}${next}` })).toBe('changed');
    expect(judge({ ...genuine, signature: `${genuine.signature}==` })).toBe('changed');
  });

  test.each([
    ['none', ''],
    ['None', signature],
    ['HS256', createHmac('sha256', Buffer.from(keys.published[0]?.x ?? '', 'base64url')).digest('base64url')],
    ['ES256', signature],
  ])('by the algorithm %s', (alg, by) => {
    const file = { ...genuine, signature: `${encode({ alg, kid: keys.signing.keyId })}.${payload}.${by}` };
    expect(judge(file)).toBe('changed');
  });

  test('where its header brings a key of its own, or asks for more', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
    expect(judge(forged(privateKey, { header: { jwk } }))).toBe('changed');
    expect(judge(forged(privateKey, { header: { jku: 'https://evil.example/keys', crit: ['jku'] } }))).toBe('changed');
    expect(judge(forged(keys.signing.privateKey, { header: { b64: false, crit: ['b64'] } }))).toBe('changed');
    expect(judge(forged(keys.signing.privateKey, { header: { typ: 'JWT' } }))).toBe('changed');
    expect(judge(forged(keys.signing.privateKey))).toBe('genuine');
  });

  test('by another key under the same name', () => {
    const another = makeKeys();
    expect(judge(forged(another.signing.privateKey, { receipt: { outcome: 'refused' } }))).toBe('changed');
    // Nor can that key be slipped in under the name: a name is made of its key.
    const renamed = another.published.map((key) => ({ ...key, kid: keys.signing.keyId }));
    const { issuer: who, keys: known } = issuer.publishedKeys;
    const slipped = trustedKeys({ issuer: who, keys: [...known, ...renamed] });
    expect(judge(forged(another.signing.privateKey), slipped)).toBe('changed');
    expect(readPublishedKeys({ issuer: who, keys: renamed })).toBeUndefined();
  });

  test('of a deployment whose keys are not known, though it says to be ours', () => {
    const other = createReceiptIssuer(makeKeys(), portalUrl).issue(facts);
    expect(judgeReceipt(JSON.stringify(other), trusted)).toMatchObject({ verdict: 'unknown-key', issuer: portalUrl });
    // One whose keys are known speaks for itself alone.
    const lent = createReceiptIssuer(keys, 'https://another.example').issue(facts);
    expect(judge(lent)).toBe('unknown-key');
  });

  test('cut off anywhere', () => {
    const text = receiptFileText(genuine).trimEnd();
    const ends = Array.from({ length: 60 }, (_, step) => Math.floor((text.length * step) / 60));
    expect(new Set(ends.map((end) => judge(text.slice(0, end))))).toEqual(new Set(['not-a-receipt']));
    expect(judge({ ...genuine, signature: `${header}.${payload}` })).toBe('changed');
    expect(judge({ ...genuine, signature: '' })).toBe('changed');
  });

  test('where a name stands twice, of which people may read the one and programs the other', () => {
    const text = receiptFileText(genuine);
    const [first = ''] = text.match(/"sha256": "[^"]*"/) ?? [];
    expect(judge(text.replace(first, `"sha256": "${'cd'.repeat(32)}", ${first}`))).toBe('changed');
    expect(judge(text.replace('{', '{"__proto__": {},'))).toBe('not-a-receipt');
  });

  test('with more in it than a receipt has', () => {
    expect(judge({ ...genuine, note: 'paid' })).toBe('not-a-receipt');
    expect(judge({ ...genuine, receipt: { ...genuine.receipt, note: 'paid' } })).toBe('changed');
    expect(judge(forged(keys.signing.privateKey, { receipt: { note: 'paid' } }))).toBe('not-a-receipt');
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'receipt'],
    ['null', 'null'],
    ['a list of itself', `[${JSON.stringify(genuine)}]`],
    ['too long', `${JSON.stringify(genuine)}${' '.repeat(mostReceiptCharacters)}`],
    ['deep', '['.repeat(50_000)],
    ['a later form', JSON.stringify(genuine).replaceAll('hikyaku-receipt/1', 'hikyaku-receipt/2')],
  ])('that is %s', (_, text) => {
    expect(judge(text)).toBe('not-a-receipt');
  });

  test('that is as large as it may be, quickly', () => {
    const name = '"\\'.repeat(30_000);
    const large = issuer.issue({ ...facts, file: { ...facts.file, name } });
    const began = performance.now();
    expect(judge(large)).toBe('not-a-receipt');
    expect(judge({ ...genuine, signature: '.'.repeat(100_000) })).toBe('changed');
    expect(judge({ ...genuine, signature: 'A'.repeat(100_000) })).toBe('changed');
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

test.each([
  [{}],
  [{ issuer: portalUrl, keys: [] }],
  [{ issuer: 'us', keys: issuer.publishedKeys.keys }],
  [{ issuer: portalUrl, keys: [{ kty: 'RSA', kid: 'a' }, null, 'x'] }],
  [{ issuer: portalUrl, keys: [{ ...keys.published[0], x: 'AAAA' }] }],
])('%j are no keys to trust', (value) => {
  expect(readPublishedKeys(value)).toBeUndefined();
});
