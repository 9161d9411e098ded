import { randomBytes } from 'node:crypto';
import { Decrypter } from 'age-encryption';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gather, piecesOf } from '../../test/age-files.ts';
import { writeRecipient } from '../age-key-text.ts';
import { decryptAge, encryptAge, generateIdentity, recipientOf } from '../index.ts';
import { beginSealing, sealRange, type Sealing } from './index.ts';

const chunk = 64 * 1024;
const identities = [generateIdentity(), generateIdentity(), generateIdentity()];
const recipients = identities.map(recipientOf);
const sizes = [0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 16 * chunk, 16 * chunk + 1, 3 * 1024 ** 2 + 12_345];

const readerOf = (plain: Uint8Array) => (start: number, end: number) => Promise.resolve(plain.subarray(start, end));

function sealWhole(sealing: Sealing, plain: Uint8Array): Promise<Uint8Array> {
  return sealRange(sealing, readerOf(plain), { start: 0, end: sealing.sealedBytes });
}

function linesOf(file: Uint8Array): number[] {
  const lines = Buffer.from(file).toString('latin1').split('\n');
  return lines.slice(0, 8).map((line) => line.length);
}

describe('what is sealed', () => {
  test.each(sizes)('is an age file that each recipient opens, as our reader and others do: %i bytes', async (size) => {
    const plain = randomBytes(size);
    for (const count of [1, 3]) {
      const sealing = beginSealing(recipients.slice(0, count), size);
      const sealed = await sealWhole(sealing, plain);
      expect(sealed.length).toBe(sealing.sealedBytes);
      for (const identity of identities.slice(0, count)) {
        expect((await gather(decryptAge(piecesOf(sealed), { identities: [identity] }))).equals(plain)).toBe(true);
        const decrypter = new Decrypter();
        decrypter.addIdentity(identity);
        expect(Buffer.from(await decrypter.decrypt(sealed)).equals(plain)).toBe(true);
      }
    }
  });

  test('has the length and the layout of what Node writes', async () => {
    const plain = randomBytes(chunk + 1);
    const sealing = beginSealing(recipients, plain.length);
    const ofNode = await gather(encryptAge(piecesOf(plain), recipients));
    expect(sealing.sealedBytes).toBe(ofNode.length);
    expect(linesOf(await sealWhole(sealing, plain))).toEqual(linesOf(ofNode));
  });

  test('is the same whole, however it is cut, in which order, and in memory that was used before', async () => {
    const largest = Math.max(...sizes);
    const plain = randomBytes(largest);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sizes),
        fc.array(fc.nat(largest + 1_000), { maxLength: 6 }),
        fc.boolean(),
        async (size, cuts, backwards) => {
          const content = plain.subarray(0, size);
          const sealing = beginSealing(recipients.slice(0, 2), size);
          const whole = Buffer.from(await sealWhole(sealing, content));
          const borders = [0, ...cuts.map((cut) => cut % (sealing.sealedBytes + 1)), sealing.sealedBytes];
          const sorted = borders.toSorted((a, b) => a - b);
          const ranges = sorted.slice(1).map((end, index) => ({ start: sorted[index] ?? 0, end }));
          const memory = new Uint8Array(sealing.sealedBytes).fill(0xff);
          for (const range of backwards ? ranges.toReversed() : ranges) {
            const part = await sealRange(sealing, readerOf(content), range, memory.buffer);
            expect(part.length).toBe(range.end - range.start);
            expect(whole.subarray(range.start, range.end).equals(part)).toBe(true);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('goes on after it was kept', async () => {
    const plain = randomBytes(100_000);
    const sealing = beginSealing(recipients, plain.length);
    expect(await sealWhole(structuredClone(sealing), plain)).toEqual(await sealWhole(sealing, plain));
  });

  test('has a key of its own each time', async () => {
    const plain = randomBytes(100);
    const [one, two] = [beginSealing(recipients, 100), beginSealing(recipients, 100)];
    expect(one.payloadKey).not.toEqual(two.payloadKey);
    expect(await sealWhole(one, plain)).not.toEqual(await sealWhole(two, plain));
  });
});

describe('refused', () => {
  test.each([
    ['no recipient', []],
    ['what is no key', ['age1qqq']],
    ['a private key', [generateIdentity()]],
    ['a key that hides nothing', [writeRecipient(new Uint8Array(32))]],
    ['more than readers take', Array.from({ length: 501 }, () => recipients[0] ?? '')],
  ])('%s', (_, some) => {
    expect(() => beginSealing(some, 10)).toThrow(
      expect.objectContaining({ code: 'invalid-input', details: { field: 'recipient' } }),
    );
  });

  test('a file of another length than it had', async () => {
    const sealing = beginSealing(recipients, 2 * chunk);
    await expect(sealWhole(sealing, randomBytes(2 * chunk - 1))).rejects.toMatchObject({ code: 'size-mismatch' });
  });
});
