import { z } from 'zod';

export const locale = z.enum(['ja', 'en']);
export type Locale = z.infer<typeof locale>;

/** A text that people wrote themselves, such as a dataset's name, in both languages. */
export const localizedText = z.object({ ja: z.string().min(1), en: z.string().min(1) });
export type LocalizedText = z.infer<typeof localizedText>;
