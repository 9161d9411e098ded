import type { Locale } from '@hikyaku/types';
import { z } from 'zod';

/** What is wrong with a value, in words. */
export const zodLocales = {
  ja: z.locales.ja().localeError,
  en: z.locales.en().localeError,
} as const satisfies Record<Locale, unknown>;
