import { z } from 'zod';

// Control characters have no place in a name, and PostgreSQL can't store NUL.
export const fileName = z
  .string()
  .min(1)
  .max(1_024)
  .regex(/^\P{Cc}+$/u);

export const sizeBytes = z.int().min(0);

/** Signed and sent as a header: printable ASCII only. */
export const contentType = z
  .string()
  .max(200)
  .regex(/^[\w.+-]+\/[\w.+-]+$/);
