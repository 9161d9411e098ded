export { createReceiptIssuer, type ReceiptFacts, type ReceiptIssuer } from './receipt-issuer.ts';
export { loadReceiptKeys } from './load-receipt-keys.ts';
export { makeReceiptKey } from './make-receipt-key.ts';
