'use client';

import { callerName } from '@hikyaku/types';
import { UiLocaleProvider } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { PreflightProvider } from '../preflight/preflight-provider.tsx';
import { UploadQueueProvider } from '../uploads/upload-queue-provider.tsx';
import { Header } from './header.tsx';
import type { Me } from './me.ts';
import styles from './signed-in-shell.module.css';

/** What stays while a person moves between pages: the header, the files being sent, and those that wait for a word. */
export function SignedInShell({ me, children }: { me: Me; children: ReactNode }) {
  const locale = useLocale();
  const translate = useTranslations('common');
  return (
    <UiLocaleProvider locale={locale} timeZone={me.organization.timeZone}>
      <UploadQueueProvider owner={callerName(me)}>
        <PreflightProvider>
          <a href="#content" className={styles.skip}>
            {translate('skipToContent')}
          </a>
          <Header me={me} />
          <main id="content" className={styles.main} tabIndex={-1}>
            {children}
          </main>
        </PreflightProvider>
      </UploadQueueProvider>
    </UiLocaleProvider>
  );
}
