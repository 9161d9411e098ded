import type { UploadAnswer } from '../src/api/answers.ts';

const received: UploadAnswer = {
  uploadId: 'u1',
  dataset: 'items',
  fileName: 'a.csv',
  sizeBytes: 3,
  sentBy: null,
  createdAt: '2026-11-22T00:00:00Z',
  state: 'received',
  stateText: 'Received',
  isSettled: false,
  counts: null,
  cause: null,
  links: { page: 'https://h.example/files/u1' },
};

/** What the server says of an upload: received, but for what a test says. */
export function uploadAnswer(changes: Partial<UploadAnswer> = {}): UploadAnswer {
  return { ...received, ...changes };
}
