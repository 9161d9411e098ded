import { expect, test } from 'vitest';
import { uploadAnswer } from '../../test/upload-answer.ts';
import { describeUpload } from './describe-upload.ts';

const counts = { read: 9, inserted: 4, updated: 2, unchanged: 1, repeated: 1, rejected: 1, deleted: 3 };
const upload = uploadAnswer({ state: 'taken_in', stateText: 'Taken in', isSettled: true, counts });

test('the counts add up to the lines that were read, and rows that were deleted are told; what there is none of is not', () => {
  expect(describeUpload(upload, 'en')).toContain(
    'read 9, added 4, changed 2, unchanged 1, repeated 1, refused 1, deleted from the table 3',
  );
  const usual = { ...upload, counts: { ...counts, repeated: 0, deleted: 0 } };
  expect(describeUpload(usual, 'ja')).toContain('読み取り 9、追加 4、更新 2、変更なし 1、不備 1');
});
