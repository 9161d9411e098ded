'use client';

import { cssVariables, theme, UiLocaleProvider } from '@hikyaku/ui';
import { MantineProvider } from '@mantine/core';
import type { Locale } from '@hikyaku/types';
import type { ReactNode } from 'react';
import { ClientProvider } from '../trpc/client-provider.tsx';

/** Before anybody has signed in, times are told in Japan's zone. */
const defaultTimeZone = 'Asia/Tokyo';

export function Providers({
  nonce,
  locale,
  children,
}: {
  nonce: string | undefined;
  locale: Locale;
  children: ReactNode;
}) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      {...(nonce && { getStyleNonce: () => nonce })}
    >
      <UiLocaleProvider locale={locale} timeZone={defaultTimeZone}>
        <ClientProvider>{children}</ClientProvider>
      </UiLocaleProvider>
    </MantineProvider>
  );
}
