'use client';

import type { Locale } from '@hikyaku/types';
import { IconWorld } from '@tabler/icons-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { localeCookie, localeCookieSeconds } from '../i18n/locale-cookie.ts';
import styles from './language-switch.module.css';
import { useIsReady } from './use-is-ready.ts';

const names = { ja: '日本語', en: 'English' } as const satisfies Record<Locale, string>;

/** Offers the other language by its own name, for somebody who can't read this one. */
export function LanguageSwitch() {
  const locale = useLocale();
  const router = useRouter();
  const translate = useTranslations('common');
  const [changing, startChange] = useTransition();
  const other = locale === 'ja' ? 'en' : 'ja';
  const isReady = useIsReady();
  const change = () => {
    rememberLocale(other);
    startChange(() => router.refresh());
  };
  return (
    <button type="button" className={styles.switch} onClick={change} disabled={changing || !isReady} lang={other}>
      <IconWorld size={18} stroke={1.75} aria-label={translate('language')} />
      {names[other]}
    </button>
  );
}

function rememberLocale(locale: Locale): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${localeCookie}=${locale}; Path=/; Max-Age=${localeCookieSeconds}; SameSite=Lax${secure}`;
}
