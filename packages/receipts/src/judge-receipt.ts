import { z } from 'zod';
import { isPlainJson } from './is-plain-json.ts';
import type { TrustedKeys } from './public-key.ts';
import { type Receipt, receipt, receiptFile } from './receipt.ts';
import { readSignature } from './signature.ts';

/** Longer than any receipt there is: names of at most some thousand characters. */
export const mostReceiptCharacters = 128 * 1024;

export type ReceiptJudgement =
  /** Issued by this deployment and as it was then. */
  | { verdict: 'genuine'; receipt: Receipt; keyId: string }
  /** Something in it is not what was signed: in what people read, or in the signature itself. */
  | { verdict: 'changed'; where: 'readable-part' | 'signature' }
  /** Signed by a key that isn't among the trusted ones. `issuer` is what it says of itself, unproved. */
  | { verdict: 'unknown-key'; keyId: string; issuer: string }
  /** No receipt, or one of a later kind. */
  | { verdict: 'not-a-receipt' };

/** Believes nothing but what was signed; the readable part has to say exactly the same. Needs no network. */
export function judgeReceipt(text: string, trusted: TrustedKeys): ReceiptJudgement {
  // An editor's mark before it changes nothing that is said; pasted, it comes along.
  const value = text.length > mostReceiptCharacters ? undefined : parse(text.replace(/^\uFEFF/, ''));
  const { data: file } = unjudgedFile.safeParse(value);
  if (!file) return { verdict: 'not-a-receipt' };
  const signature = readSignature(file.signature);
  if (!signature) return { verdict: 'changed', where: 'signature' };
  const { keyId } = signature;
  const key = trusted.keys.get(keyId);
  if (!key) return { verdict: 'unknown-key', keyId, issuer: issuerOf(signature.payload) };
  if (!signature.isSignedBy(key)) return { verdict: 'changed', where: 'signature' };
  const { data: signed } = receipt.safeParse(signature.payload);
  if (!signed) return { verdict: 'not-a-receipt' };
  // A key speaks for its own deployment alone.
  if (signed.issuer !== trusted.issuer) return { verdict: 'unknown-key', keyId, issuer: signed.issuer };
  const isSame = JSON.stringify(receipt.safeParse(file.receipt).data) === JSON.stringify(signed);
  if (!isSame || !isPlainJson(text, value)) return { verdict: 'changed', where: 'readable-part' };
  return { verdict: 'genuine', receipt: signed, keyId };
}

/** What the readable part has become is a question for later. */
const unjudgedFile = receiptFile.extend({ receipt: z.unknown() });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function issuerOf(payload: unknown): string {
  return z.object({ issuer: z.string() }).safeParse(payload).data?.issuer ?? '';
}
