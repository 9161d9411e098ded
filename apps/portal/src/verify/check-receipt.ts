import { judgeReceipt, readPublishedKeys, type ReceiptJudgement, receiptKeysPath } from '@hikyaku/receipts';

/** Judged here, in the browser: of the receipt nothing is sent. Loaded when there is one. @throws Error where the keys can't be had */
export async function checkReceipt(text: string): Promise<ReceiptJudgement> {
  // What the browser has kept may be older than the key of a receipt of today.
  const answer = await fetch(receiptKeysPath, { cache: 'no-cache' });
  const trusted = answer.ok ? readPublishedKeys(await answer.json()) : undefined;
  if (!trusted) throw new Error('the keys did not come');
  return judgeReceipt(text, trusted);
}
