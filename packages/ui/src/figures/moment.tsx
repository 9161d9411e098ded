'use client';

import { formatDateTime } from '@hikyaku/texts';
import { useUiLocale } from '../locale/ui-locale.tsx';
import styles from './figures.module.css';

/** A point in time in the organization's time zone. `at` is ISO 8601. */
export function Moment({ at }: { at: string }) {
  const { locale, timeZone } = useUiLocale();
  return (
    <time className={styles.tabular} dateTime={at}>
      {formatDateTime(at, locale, timeZone)}
    </time>
  );
}
