import type { ReceiptFacts } from '../src/issue/index.ts';

export const portalUrl = 'https://hikyaku.example.co.jp';

export const facts: ReceiptFacts = {
  outcomeOf: '0196f000-0000-7000-8000-000000000001 taken_in 2026-11-20T01:02:05.678Z',
  organization: { slug: 'kaisha', name: '株式会社かいしゃ' },
  dataset: { slug: 'sales', name: { ja: '売上', en: 'Sales' } },
  file: {
    id: '0196f000-0000-7000-8000-000000000001',
    name: '売上 "11月".csv',
    sizeBytes: 1_234_567,
    sha256: 'ab'.repeat(32),
    object: { key: 'incoming/1/sales/2026/11/20/2/sales.csv', versionId: 'v1' },
  },
  sender: { name: '山田 花子', sha256: 'ab'.repeat(32) },
  comparison: 'same',
  handedOverAt: '2026-11-20T01:02:03.000Z',
  storedAt: '2026-11-20T01:02:04.000Z',
  settledAt: '2026-11-20T01:02:05.678Z',
  outcome: 'taken_in',
  cause: null,
  rows: { read: 10, new: 5, changed: 2, unchanged: 1, repeated: 0, refused: 2, deleted: 0 },
};
