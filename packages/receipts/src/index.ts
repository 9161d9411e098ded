export { judgeReceipt, mostReceiptCharacters, type ReceiptJudgement } from './judge-receipt.ts';
export { type PublishedKeys, readPublishedKeys, type TrustedKeys } from './public-key.ts';
export { type Receipt, type ReceiptFile, receipt, receiptFile, receiptFormat } from './receipt.ts';
export { receiptFileText } from './receipt-file-text.ts';
export { receiptKeysPath } from './receipt-keys-path.ts';
