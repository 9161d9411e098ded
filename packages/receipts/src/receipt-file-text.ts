import type { ReceiptFile } from './receipt.ts';

/** A receipt as it is downloaded: for people to open, too. */
export function receiptFileText(file: ReceiptFile): string {
  return `${JSON.stringify(file, undefined, 2)}\n`;
}
