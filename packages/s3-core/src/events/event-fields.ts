import { z } from 'zod';

const longestKeyBytes = 1_024;

/** What PostgreSQL can keep as text: no NUL, and no half of a surrogate pair. */
const text = z
  .string()
  .max(2_048)
  .refine((value) => !value.includes('\0') && value.isWellFormed(), 'text that can not be kept');

/** An empty string is a store's way of saying that it doesn't know. */
const optionalText = text.nullish().transform((value) => value || undefined);

/** Fields of an event that mean the same in every envelope. */
export const eventFields = {
  bucket: text.min(1).max(255),
  key: text.min(1).refine((key) => Buffer.byteLength(key) <= longestKeyBytes, 'longer than a key can be'),
  size: z.int().min(0).optional(),
  /** Without quotes, which some write and some don't. */
  etag: optionalText.transform((etag) => etag?.replace(/^"|"$/g, '') || undefined),
  versionId: optionalText,
  sequencer: optionalText,
  /** The moment the event tells, or where it tells none the moment it is read. */
  at: z
    .string()
    .optional()
    .transform((value) => {
      const at = new Date(value ?? Number.NaN);
      return Number.isNaN(at.getTime()) ? new Date() : at;
    }),
};
