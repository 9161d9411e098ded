import { z } from 'zod';

/** A new number for every change that an old verifier would not understand. */
export const receiptFormat = 'hikyaku-receipt/1';

const moment = z.iso.datetime();
/** As `sha256sum` prints it. */
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const localized = z.strictObject({ ja: z.string(), en: z.string() });

/**
 * What a deployment signs about one file: all that its sender may want to prove later, and nothing of how it is kept. Of one outcome of
 * one file always the same, whoever asks and whenever.
 */
export const receipt = z.strictObject({
  format: z.literal(receiptFormat),
  /** Of this file and this outcome. */
  id: z.string().regex(/^[0-9a-v]{26}$/),
  /** The deployment: the origin under which people reach it. */
  issuer: z.url(),
  /** When there was something to tell: the moment of the outcome. */
  issuedAt: moment,
  organization: z.strictObject({ slug: z.string(), name: z.string() }),
  dataset: z.strictObject({ slug: z.string(), name: localized }),
  file: z.strictObject({
    /** As in the portal and the API. */
    id: z.uuid(),
    /** As the sender gave it. */
    name: z.string(),
    sizeBytes: count,
    /** Of the bytes as they are stored, made after the transfer; null where the file was not read to its end. */
    sha256: sha256.nullable(),
    /** Tells the object from every other in the deployment's storage. */
    object: z.strictObject({ key: z.string(), versionId: z.string() }),
  }),
  sender: z.strictObject({
    /** Null for an object that came without an upload; empty of a sender who has left and whose name nobody knows any more. */
    name: z.string().nullable(),
    /** What the sender said before, or null. */
    sha256: sha256.nullable(),
  }),
  /**
   * What the sender said the bytes are, beside what was found: the same as a whole, the same part by part, another, nothing said, or not
   * compared because the file was not read to its end.
   */
  comparison: z.enum(['same', 'same-parts', 'different', 'nothing-said', 'not-compared']),
  handedOverAt: moment,
  /** When storage was known to have it. */
  storedAt: moment,
  settledAt: moment,
  outcome: z.enum(['taken_in', 'stored', 'already_taken_in', 'newer_kept', 'refused']),
  /** Why a file was refused, or not taken in. */
  cause: z.strictObject({ code: z.string(), text: localized }).nullable(),
  /** Null where none were counted. `read` is all of them but the `deleted`, which were the table's. */
  rows: z
    .strictObject({
      read: count,
      new: count,
      changed: count,
      unchanged: count,
      repeated: count,
      refused: count,
      deleted: count,
    })
    .nullable(),
});
export type Receipt = z.infer<typeof receipt>;

/** The file that people keep. Only the signature counts; the readable part must say the same. */
export const receiptFile = z.strictObject({
  format: z.literal(receiptFormat),
  receipt,
  /** A compact JWS (RFC 7515) by Ed25519 over the receipt as JSON. */
  signature: z.string(),
});
export type ReceiptFile = z.infer<typeof receiptFile>;
