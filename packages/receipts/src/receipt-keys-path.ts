/** Where a deployment publishes the keys of its receipts, those of the past too. */
export const receiptKeysPath = '/.well-known/hikyaku-receipt-keys.json';
