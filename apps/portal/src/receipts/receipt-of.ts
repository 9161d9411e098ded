import type { Receipt } from '@hikyaku/receipts';

/** For tests: one that says this of a file. */
export function receiptOf(told: Pick<Receipt, 'outcome' | 'rows' | 'cause'>): Receipt {
  const at = '2026-11-22T00:00:00Z';
  return {
    format: 'hikyaku-receipt/1',
    id: '0'.repeat(26),
    issuer: 'https://hikyaku.example',
    issuedAt: at,
    organization: { slug: 'o', name: 'O' },
    dataset: { slug: 'd', name: { ja: '', en: '' } },
    file: {
      id: '0196f000-0000-7000-8000-000000000001',
      name: 'a',
      sizeBytes: 1,
      sha256: null,
      object: { key: 'k', versionId: 'v' },
    },
    sender: { name: null, sha256: null },
    comparison: 'nothing-said',
    handedOverAt: at,
    storedAt: at,
    settledAt: at,
    ...told,
  };
}
