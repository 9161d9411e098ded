import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openUploadMemory } from './open-upload-memory.ts';
import type { LeftUpload, RememberedUpload, UploadMemory } from './upload-memory.ts';

let owner: string;
let pages: UploadMemory[];

beforeEach(() => {
  owner = crypto.randomUUID();
  pages = [];
});
afterEach(() => {
  for (const page of pages) page.close();
});

describe('what a page remembers', () => {
  test('is left to the others, in its order, as soon as the page is gone and not before', async () => {
    const [first, second] = [await open(), await open()];
    const uploads = [remembered('b.csv'), remembered('a.csv')];
    await first.remember(uploads);
    expect(await second.listLeft()).toEqual([]);
    first.close();
    await vi.waitFor(async () => expect(await second.listLeft()).toMatchObject(uploads));
  });

  test('is replaced under its id and keeps its place', async () => {
    const [first, second] = [await open(), await open()];
    const [one, other] = [remembered('1.csv'), remembered('2.csv')];
    await first.remember([one, other]);
    const begun = { uploadId: 'u', method: 'multipart', partSizeBytes: 5 } as const;
    await first.remember([{ ...one, begun, sentBytes: 10 }]);
    first.close();
    await vi.waitFor(async () => {
      expect(await second.listLeft()).toMatchObject([{ id: one.id, begun, sentBytes: 10 }, { id: other.id }]);
    });
  });

  test('is forgotten for good', async () => {
    const [first, second] = [await open(), await open()];
    const [one, other] = [remembered('1.csv'), remembered('2.csv')];
    await first.remember([one, other]);
    await first.forget([one.id]);
    first.close();
    await vi.waitFor(async () => expect(await second.listLeft()).toMatchObject([{ id: other.id }]));
  });

  test('is nothing to another person at the same browser', async () => {
    const first = await open();
    await first.remember([remembered('salary.csv')]);
    first.close();
    const stranger = await openUploadMemory('somebody else');
    pages.push(stranger);
    await expectLeft(await open(), 1);
    expect(await stranger.listLeft()).toEqual([]);
  });

  test('is dropped after a fortnight', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const first = await open();
    await first.remember([remembered('old.csv')]);
    first.close();
    vi.setSystemTime(Date.now() + 13 * 86_400_000);
    await expectLeft(await open(), 1);
    vi.setSystemTime(Date.now() + 2 * 86_400_000);
    const later = await open();
    vi.useRealTimers();
    expect(await later.listLeft()).toEqual([]);
  });
});

describe('an upload that was left', () => {
  test('is taken over by one page of many', async () => {
    const gone = await open();
    await gone.remember([remembered('1.csv')]);
    gone.close();
    const others = await Promise.all(Array.from({ length: 8 }, open));
    const [left] = await expectLeft(others[0], 1);
    const taken = await Promise.all(others.map((page) => page.takeOver(left)));
    expect(taken.filter(Boolean)).toHaveLength(1);
    for (const page of others) expect(await page.listLeft()).toEqual([]);
  });

  test('is left once more when that page is gone too', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await first.remember([remembered('1.csv')]);
    first.close();
    const [left] = await expectLeft(second, 1);
    expect(await second.takeOver(left)).toBe(true);
    second.close();
    await expectLeft(third, 1);
  });

  test('can not be taken over once it is forgotten', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await first.remember([remembered('1.csv')]);
    first.close();
    const [left] = await expectLeft(second, 1);
    await second.forget([left.id]);
    expect(await third.takeOver(left)).toBe(false);
  });

  test('is told of when a page takes it over, and a file that ends is not', async () => {
    const [first, second, third] = [await open(), await open(), await open()];
    await first.remember([remembered('1.csv')]);
    first.close();
    const [left] = await expectLeft(second, 1);
    const told = vi.fn();
    third.subscribe(told);
    await second.takeOver(left);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
    // Thousands of files end in an hour; each look reads them all.
    await second.forget([left.id]);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(told).toHaveBeenCalledTimes(1);
  });
});

async function open(): Promise<UploadMemory> {
  const page = await openUploadMemory(owner);
  pages.push(page);
  return page;
}

/** A lock is given back a moment after its page is gone. */
async function expectLeft(page: UploadMemory | undefined, count: number): Promise<[LeftUpload]> {
  const left = await vi.waitFor(async () => {
    const found = (await page?.listLeft()) ?? [];
    expect(found).toHaveLength(count);
    return found;
  });
  const [first] = left;
  if (!first) throw new Error('nothing was left');
  return [first];
}

function remembered(name: string): RememberedUpload {
  const file = { name, sizeBytes: 100, lastModified: 1_700_000_000_000 };
  return { id: crypto.randomUUID(), destination: 'cities', file, begun: null, sentBytes: 0 };
}
