import type { Locale } from '@hikyaku/types';

/** The same thing said in every language we speak. */
export type ByLocale<T> = Readonly<Record<Locale, T>>;
