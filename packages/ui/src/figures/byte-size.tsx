'use client';

import { formatBytes } from '@hikyaku/texts';
import { useUiLocale } from '../locale/ui-locale.tsx';
import styles from './figures.module.css';

export function ByteSize({ bytes }: { bytes: number }) {
  const { locale } = useUiLocale();
  return <span className={styles.tabular}>{formatBytes(bytes, locale)}</span>;
}
