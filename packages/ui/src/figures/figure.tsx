'use client';

import { formatCount } from '@hikyaku/texts';
import { useUiLocale } from '../locale/ui-locale.tsx';
import styles from './figures.module.css';

/** A count of anything, with the reader's grouping. */
export function Figure({ value }: { value: number }) {
  const { locale } = useUiLocale();
  return <span className={styles.tabular}>{formatCount(value, locale)}</span>;
}
