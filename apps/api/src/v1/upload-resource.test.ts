import { expect, test } from 'vitest';
import { toUploadResource } from './upload-resource.ts';

test('the state of a file that another took the place of says so, in the language asked for', () => {
  const file = {
    id: '0196f000-0000-7000-8000-000000000001',
    fileName: 'a.csv',
    origin: 'foreign',
    dataset: null,
    state: 'newer_kept',
    sizeBytes: 1,
    sentBy: null,
    createdAt: '2026-11-22T00:00:00Z',
    counts: null,
    cause: { code: 'object-superseded', details: {} },
  } as const;
  const resource = toUploadResource(file, 'en', 'https://hikyaku.example');
  expect(resource).toMatchObject({ state: 'newer_kept', stateText: 'Replaced before it was taken in' });
  expect(toUploadResource(file, 'ja', 'https://hikyaku.example').stateText).toBe('取り込み前に置き換え');
});
