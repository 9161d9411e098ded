import 'fake-indexeddb/auto';
import { HikyakuError } from '@hikyaku/types';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BegunUpload } from './begun-upload.ts';
import { openUploadMemory } from './memory/open-upload-memory.ts';
import type { UploadMemory } from './memory/upload-memory.ts';
import type { UploadFileOptions } from './upload-file.ts';
import type { UploadPort } from './upload-port.ts';
import { createUploadQueue, type UploadQueue } from './upload-queue.ts';

const begun: BegunUpload = { uploadId: 'u', method: 'multipart', partSizeBytes: 5 };

/** A page of a browser: its queue, what it sends, and its end. */
interface Page {
  queue: UploadQueue;
  started: (UploadFileOptions & { finish: () => void; fail: (error: unknown) => void })[];
  aborted: string[];
  end: () => void;
}

let owner: string;
let memories: UploadMemory[];

beforeEach(() => {
  owner = crypto.randomUUID();
  memories = [];
});
afterEach(() => {
  for (const memory of memories) memory.close();
});

describe('a page that comes back', () => {
  test('finds what was on its way, in its order, and sends nothing by itself', async () => {
    const first = await openPage();
    first.queue.add([{ file: file('a.csv') }, { file: file('b.csv') }], 'cities');
    first.started[0]?.onBegun?.(begun);
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toEqual(['a.csv interrupted', 'b.csv interrupted']));
    expect(second.started).toEqual([]);
    expect(second.queue.getSnapshot().uploads[0]).toMatchObject({ uploadId: 'u', destination: 'cities' });
    expect(second.queue.getSnapshot().total).toMatchObject({ files: 0, totalBytes: 0 });
  });

  test.each([
    ['is chosen again for its row', (page: Page, again: File) => page.queue.goOn(idOf(page), again)],
    ['is dropped again', (page: Page, again: File) => page.queue.takeUp([{ file: again }], 'cities')],
  ])('goes on with the same upload where the file %s', async (_name, give) => {
    const second = await afterBeginning('a.csv');
    give(second, file('a.csv'));
    await vi.waitFor(() => expect(second.started).toHaveLength(1));
    expect(second.started[0]).toMatchObject({ begun, fileName: 'a.csv' });
    expect(shown(second)).toEqual(['a.csv preparing']);
    second.started[0]?.finish();
    await vi.waitFor(() => expect(shown(second)).toEqual(['a.csv done']));
    const third = await afterTheEndOf(second);
    await settled();
    expect(shown(third)).toEqual([]);
  });

  test.each([
    ['another size', new File(['longer!'], 'a.csv', { lastModified: 1 })],
    ['saved since', new File(['bytes'], 'a.csv', { lastModified: 2 })],
    ['another name', new File(['bytes'], 'aa.csv', { lastModified: 1 })],
  ])('takes no other file for it: %s', async (_name, other) => {
    const second = await afterBeginning('a.csv');
    expect(second.queue.goOn(idOf(second), other)).toBe(false);
    expect(second.queue.takeUp([{ file: other }], 'cities')).toEqual([{ file: other }]);
    expect(second.started).toEqual([]);
    expect(shown(second)).toEqual(['a.csv interrupted']);
  });

  test('takes no file for it that goes somewhere else', async () => {
    const second = await afterBeginning('a.csv');
    expect(second.queue.takeUp([queued('a.csv')], 'shops')).toHaveLength(1);
    expect(second.started).toEqual([]);
  });

  test('knows a file that came in a folder by its path, and chosen alone by its name', async () => {
    const first = await openPage();
    first.queue.add([{ file: file('a.csv'), name: 'May/a.csv' }], 'cities');
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toEqual(['May/a.csv interrupted']));
    expect(second.queue.goOn(idOf(second), file('a.csv'))).toBe(true);
    await vi.waitFor(() => expect(second.started[0]).toMatchObject({ fileName: 'May/a.csv' }));
  });

  test('encrypts what was to be encrypted, though it is given back where encryption is off', async () => {
    const first = await openPage();
    const recipients = ['age1qqq'];
    first.queue.add(
      [
        { ...queued('begun.csv'), recipients },
        { ...queued('waiting.csv'), recipients },
      ],
      'cities',
    );
    const sealing = { head: Uint8Array.of(1), payloadKey: Uint8Array.of(2), plainBytes: 5, sealedBytes: 21 };
    const sealed = { sealing, digests: new Map([['0-21', 'digest']]) };
    first.started[0]?.onBegun?.({ ...begun, sealed });
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toHaveLength(2));
    second.queue.takeUp([queued('begun.csv'), queued('waiting.csv')], 'cities');
    await vi.waitFor(() => expect(second.started).toHaveLength(2));
    expect(second.started[0]).toMatchObject({ recipients, begun: { uploadId: 'u', sealed } });
    expect(second.started[1]).toMatchObject({ recipients, fileName: 'waiting.csv' });
  });

  test('sends a file once that is paused and resumed while it is being taken over', async () => {
    const second = await afterBeginning('a.csv');
    const id = idOf(second);
    second.queue.goOn(id, file('a.csv'));
    second.queue.pause(id);
    second.queue.resume(id);
    await settled();
    expect(second.started).toHaveLength(1);
    expect(shown(second)).toEqual(['a.csv preparing']);
    expect(second.aborted).toEqual([]);
  });

  test('cancels what is on its way, and leaves what was interrupted', async () => {
    const second = await afterBeginning('a.csv');
    second.queue.add([queued('b.csv')], 'cities');
    second.queue.cancelAll();
    expect(shown(second)).toEqual(['a.csv interrupted', 'b.csv cancelled']);
    await settled();
    expect(second.aborted).toEqual([]);
  });

  test('knows files of one name by their sizes', async () => {
    const first = await openPage();
    const [short, long] = [file('a.csv'), new File(['longer'], 'a.csv', { lastModified: 1 })];
    first.queue.add([{ file: short }, { file: long }], 'cities');
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toHaveLength(2));
    expect(second.queue.takeUp([{ file: short }, { file: long }], 'cities')).toEqual([]);
    await vi.waitFor(() => expect(second.started.map((sent) => sent.file)).toEqual([short, long]));
  });

  test('knows a file of a folder that is dropped alone, and each file of two folders by its own', async () => {
    const first = await openPage();
    first.queue.add([{ ...queued('a.csv'), name: 'April/a.csv' }], 'cities');
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toHaveLength(1));
    expect(second.queue.takeUp([{ ...queued('a.csv'), name: 'May/a.csv' }], 'cities')).toHaveLength(1);
    expect(second.queue.takeUp([queued('a.csv')], 'cities')).toEqual([]);
    await vi.waitFor(() => expect(second.started[0]).toMatchObject({ fileName: 'April/a.csv' }));
  });

  test('asks the disk for nothing about files of other names: for thousands it would take seconds', async () => {
    const second = await afterBeginning('a.csv');
    const other = file('b.csv');
    const asked = vi.fn(() => 5);
    Object.defineProperty(other, 'size', { get: asked });
    second.queue.findElsewhere([{ file: other }], 'shops');
    expect(second.queue.takeUp([{ file: other }], 'cities')).toHaveLength(1);
    expect(asked).not.toHaveBeenCalled();
  });

  test('tells of a file that was on its way somewhere else, once it is not on its way here too', async () => {
    const first = await openPage();
    first.queue.add([queued('a.csv'), queued('b.csv')], 'cities');
    first.queue.add([queued('b.csv')], 'shops');
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toHaveLength(3));
    const dropped = [queued('a.csv'), queued('b.csv'), queued('c.csv')];
    expect(second.queue.findElsewhere(dropped, 'shops')).toEqual([{ file: dropped[0], destination: 'cities' }]);
    expect(second.started).toEqual([]);
  });

  test('finds a file again that was cancelled and then sent after all', async () => {
    const first = await openPage();
    const [id = ''] = first.queue.add([queued('a.csv')], 'cities');
    first.queue.cancel(id);
    first.queue.retry(id);
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toEqual(['a.csv interrupted']));
  });

  test('closes nothing that has arrived when it leaves the list', async () => {
    const page = await openPage();
    page.queue.add([queued('a.csv')], 'cities');
    await page.started[0]?.onBegun?.(begun);
    page.started[0]?.finish();
    await vi.waitFor(() => expect(shown(page)).toEqual(['a.csv done']));
    page.queue.removeDone();
    await settled();
    expect([shown(page), page.aborted]).toEqual([[], []]);
  });

  test('closes what is given up, and forgets it', async () => {
    const second = await afterBeginning('a.csv');
    second.queue.cancel(idOf(second));
    expect(shown(second)).toEqual([]);
    await vi.waitFor(() => expect(second.aborted).toEqual(['u']));
    const third = await afterTheEndOf(second);
    await settled();
    expect(shown(third)).toEqual([]);
  });

  test('finds a paused file, one whose line broke, and none that ended', async () => {
    const first = await openPage();
    const [paused = ''] = first.queue.add(['paused', 'broke', 'refused', 'done', 'cancelled'].map(queued), 'cities');
    first.queue.pause(paused);
    first.started[1]?.onBegun?.(begun);
    first.started[1]?.fail(new HikyakuError('network', { retriable: true }));
    first.started[2]?.fail(new HikyakuError('storage-refused'));
    first.started[3]?.finish();
    first.queue.cancel(first.queue.getSnapshot().uploads[4]?.id ?? '');
    await settled();
    const second = await afterTheEndOf(first);
    await vi.waitFor(() => expect(shown(second)).toEqual(['paused interrupted', 'broke interrupted']));
    await settled();
    expect(shown(second)).toEqual(['paused interrupted', 'broke interrupted']);
  });
});

describe('several pages at once', () => {
  test('do not touch what another one sends', async () => {
    const first = await openPage();
    first.queue.add([queued('a.csv')], 'cities');
    const second = await openPage();
    await settled();
    expect(shown(second)).toEqual([]);
  });

  test('one goes on, the others let go of it', async () => {
    const first = await openPage();
    first.queue.add([queued('a.csv')], 'cities');
    first.started[0]?.onBegun?.(begun);
    const [second, third] = [await openPage(), await openPage()];
    await end(first);
    for (const page of [second, third]) {
      await page.queue.lookForInterrupted();
      expect(shown(page)).toEqual(['a.csv interrupted']);
    }
    for (const page of [second, third]) page.queue.goOn(idOf(page), file('a.csv'));
    await vi.waitFor(() => expect(second.started.length + third.started.length).toBe(1));
    await settled();
    expect([...shown(second), ...shown(third)]).toEqual(['a.csv preparing']);
    // Whoever came too late does not close what the other one sends.
    expect([...second.aborted, ...third.aborted]).toEqual([]);
  });
});

describe('a memory that breaks', () => {
  test('loses no file that is given back', async () => {
    const first = await openPage();
    first.queue.add([queued('a.csv')], 'cities');
    await end(first);
    const memory = await openUploadMemory(owner);
    memories.push(memory);
    const second = pageWith(Promise.resolve({ ...memory, takeOver: broken }));
    await vi.waitFor(() => expect(shown(second)).toEqual(['a.csv interrupted']));
    second.queue.goOn(idOf(second), file('a.csv'));
    await vi.waitFor(() => expect(second.started).toHaveLength(1));
    expect(shown(second)).toEqual(['a.csv preparing']);
  });

  test('keeps nothing of a file rather than what is no longer so', async () => {
    const memory = await openUploadMemory(owner);
    memories.push(memory);
    let remember: UploadMemory['remember'] = (uploads) => memory.remember(uploads);
    const page = pageWith(Promise.resolve({ ...memory, remember: (uploads) => remember(uploads) }), () =>
      memory.close(),
    );
    page.queue.add([queued('a.csv')], 'cities');
    await page.started[0]?.onBegun?.(begun);
    remember = broken;
    await page.started[0]?.onBegun?.({ ...begun, uploadId: 'with another part' });
    const second = await afterTheEndOf(page);
    await settled();
    expect(shown(second)).toEqual([]);
  });
});

test.each([
  ['without a memory', () => undefined],
  ['with one that fails', () => Promise.reject(new DOMException('no storage here', 'SecurityError'))],
])('%s everything is sent all the same', async (_name, open) => {
  const page = pageWith(open());
  page.queue.add([queued('a.csv')], 'cities');
  page.started[0]?.finish();
  await vi.waitFor(() => expect(shown(page)).toEqual(['a.csv done']));
});

async function openPage(): Promise<Page> {
  const memory = await openUploadMemory(owner);
  memories.push(memory);
  return pageWith(Promise.resolve(memory), () => memory.close());
}

const never = () => Promise.reject(new Error('not asked'));
const broken = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));

function pageWith(memory: Promise<UploadMemory> | undefined, end: () => void = () => {}): Page {
  const started: Page['started'] = [];
  const aborted: string[] = [];
  const port: UploadPort = {
    create: never,
    presignAgain: never,
    listSentParts: never,
    signParts: never,
    complete: never,
    abort: async (uploadId) => void aborted.push(uploadId),
  };
  const upload = (options: UploadFileOptions) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ uploadId: string }>();
    options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
    started.push({ ...options, finish: () => resolve({ uploadId: 'u' }), fail: reject });
    return promise;
  };
  const queue = createUploadQueue({ portOf: () => port, upload, ...(memory && { memory }) });
  return { queue, started, aborted, end };
}

async function afterBeginning(name: string): Promise<Page> {
  const first = await openPage();
  first.queue.add([queued(name)], 'cities');
  first.started[0]?.onBegun?.(begun);
  const second = await afterTheEndOf(first);
  await vi.waitFor(() => expect(shown(second)).toEqual([`${name} interrupted`]));
  return second;
}

async function afterTheEndOf(page: Page): Promise<Page> {
  await end(page);
  return openPage();
}

/** What was being written is written, the lock given back. */
async function end(page: Page): Promise<void> {
  await settled();
  page.end();
  await settled();
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 30));
}

function file(name: string): File {
  return new File(['bytes'], name, { lastModified: 1 });
}

function queued(name: string): { file: File } {
  return { file: file(name) };
}

function idOf({ queue }: Page): string {
  return queue.getSnapshot().uploads[0]?.id ?? '';
}

function shown({ queue }: Page): string[] {
  return queue.getSnapshot().uploads.map(({ fileName, state }) => `${fileName} ${state}`);
}
