import { createHash, type KeyObject, sign } from 'node:crypto';
import { toBase64Url } from '../base64url.ts';
import type { PublishedKeys } from '../public-key.ts';
import { type Receipt, receipt, type ReceiptFile, receiptFormat } from '../receipt.ts';
import type { ReceiptKeys } from './load-receipt-keys.ts';

export interface ReceiptIssuer {
  /** The same facts give the same receipt, letter for letter, as long as the key is the same. */
  issue(facts: ReceiptFacts): ReceiptFile;
  publishedKeys: PublishedKeys;
}

/** What is known of a file; the rest of its receipt follows. `outcomeOf` tells one outcome of a file from its others. */
export type ReceiptFacts = Omit<Receipt, 'format' | 'id' | 'issuer' | 'issuedAt'> & { outcomeOf: string };

/** `portalUrl`: its origin is what the deployment is called. */
export function createReceiptIssuer(keys: ReceiptKeys, portalUrl: string): ReceiptIssuer {
  const issuer = new URL(portalUrl).origin;
  return {
    issue({ outcomeOf, ...facts }) {
      const content = receipt.parse({
        format: receiptFormat,
        id: receiptId(issuer, outcomeOf),
        issuer,
        issuedAt: facts.settledAt,
        ...facts,
      });
      return { format: receiptFormat, receipt: content, signature: signed(content, keys.signing) };
    },
    publishedKeys: { issuer, keys: keys.published },
  };
}

/** 128 bits, to be read out on the telephone if it must be. */
function receiptId(issuer: string, outcomeOf: string): string {
  const bits = BigInt(`0x${createHash('sha256').update(`${issuer} ${outcomeOf}`).digest('hex').slice(0, 32)}`);
  return bits.toString(32).padStart(26, '0');
}

function signed(content: Receipt, { keyId, privateKey }: { keyId: string; privateKey: KeyObject }): string {
  const header = { alg: 'EdDSA', kid: keyId, typ: 'hikyaku-receipt' };
  const input = [header, content].map((part) => toBase64Url(Buffer.from(JSON.stringify(part)))).join('.');
  return `${input}.${toBase64Url(sign(null, Buffer.from(input), privateKey))}`;
}
