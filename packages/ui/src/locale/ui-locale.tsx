'use client';

import type { Locale } from '@hikyaku/types';
import { createContext, type ReactNode, useContext, useMemo } from 'react';

/** In which language, and in which IANA time zone, things are told. */
export interface UiLocale {
  locale: Locale;
  timeZone: string;
}

const UiLocaleContext = createContext<UiLocale>({ locale: 'ja', timeZone: 'Asia/Tokyo' });

export function UiLocaleProvider({ locale, timeZone, children }: UiLocale & { children: ReactNode }) {
  const value = useMemo(() => ({ locale, timeZone }), [locale, timeZone]);
  return <UiLocaleContext value={value}>{children}</UiLocaleContext>;
}

export function useUiLocale(): UiLocale {
  return useContext(UiLocaleContext);
}
