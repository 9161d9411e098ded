import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createWholeDigests } from './create-whole-digests.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';
import { digestWhole } from './digest-whole.ts';
import type { BeginWholeDigest, WholeDigest } from './whole-digest.ts';
import { wholeDigestWithNode } from './whole-digest-with-node.ts';

// The Web Worker runs `createWholeDigests`; that it does is shown in a browser, by `receipts.spec.ts` of the portal.
const inOneThread = createWholeDigests();
let objects = 0;
function wholeDigestInMemory(): ReturnType<BeginWholeDigest> {
  const object = ++objects;
  let index = 0;
  return { add: (part) => inOneThread.add(object, index++, part), end: () => inOneThread.end(object, index) };
}

const parts = [100_003, 100_003, 0, 100_003, 17].map((size) => randomBytes(size));
const whole = createHash('sha256').update(Buffer.concat(parts)).digest('base64');
const unreadable = Object.assign(new Blob(['a']), {
  arrayBuffer: () => Promise.reject(new Error('moved')),
  stream: () => new ReadableStream({ start: (controller) => controller.error(new Error('moved')) }),
});

async function* each(bodies: readonly Uint8Array<ArrayBuffer>[]): AsyncGenerator<Blob> {
  for (const body of bodies) yield new Blob([body]);
}

async function* digested() {
  for await (const body of each(parts)) yield { body, digest: await digestBodyWithNode(body) };
}

async function passThrough(source: AsyncIterable<Blob>, digest: WholeDigest) {
  const { parts: passed, end } = digestWhole(source, digest);
  const sizes: number[] = [];
  for await (const part of passed) sizes.push(part.size);
  return { sizes, sha256: await end() };
}

describe.each([
  ['Node', wholeDigestWithNode],
  ['memory', wholeDigestInMemory],
])('the digest of a whole, with %s,', (_, begin) => {
  it('is that of all parts in their order, which go by unchanged', async () => {
    expect(await passThrough(each(parts), begin())).toEqual({ sizes: parts.map((part) => part.length), sha256: whole });
  });

  it('is that of nothing where there is nothing', async () => {
    expect((await passThrough(each([]), begin())).sha256).toBe('47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=');
  });

  it('of one object is kept apart from those of others', async () => {
    const others = Array.from({ length: 3 }, () => passThrough(each(parts.map((part) => part.toReversed())), begin()));
    const [one, ...rest] = await Promise.all([passThrough(each(parts), begin()), ...others]);
    expect(one?.sha256).toBe(whole);
    expect(new Set(rest.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(rest[0]?.sha256).not.toBe(whole);
  });

  it('takes parts whose own digests are known as they are', async () => {
    const { parts: passed, end } = digestWhole(digested(), begin());
    for await (const { digest } of passed) expect(digest.md5).toHaveLength(24);
    expect(await end()).toBe(whole);
  });

  it('is not made where a part could not be read; all parts go by even so', async () => {
    async function* withUnreadable() {
      yield* each(parts);
      yield unreadable;
      yield new Blob(['b']);
    }
    expect(await passThrough(withUnreadable(), begin())).toMatchObject({
      sizes: [...parts.map((part) => part.length), 1, 1],
      sha256: undefined,
    });
  });

  it('is not made where the parts stopped before their end', async () => {
    const { parts: passed, end } = digestWhole(each(parts), begin());
    const taken = passed[Symbol.asyncIterator]();
    await taken.next();
    await taken.return?.();
    expect(await end()).toBeUndefined();
  });
});

it('a thread that was lost between two parts and begun anew makes no digest of the rest', async () => {
  const threads = [createWholeDigests(), createWholeDigests()];
  await threads[0]?.add(1, 0, new Blob(['a']));
  await expect(threads[1]?.add(1, 1, new Blob(['b']))).rejects.toThrow('part 1 behind 0');
  await expect(threads[1]?.end(1, 2)).rejects.toThrow('part 2 behind 0');
});

const lost = () => Promise.reject(new Error('its thread is gone'));

it('parts go by where nothing can be made of them', async () => {
  expect(await passThrough(each(parts), { add: lost, end: lost })).toMatchObject({ sha256: undefined });
});
