'use client';

import { formatBytes } from '@hikyaku/texts';
import { useUiLocale } from '../locale/ui-locale.tsx';
import styles from './figures.module.css';

/** `null`: not known yet. */
export function ByteSize({ bytes }: { bytes: number | null }) {
  const { locale } = useUiLocale();
  return <span className={styles.tabular}>{bytes === null ? '–' : formatBytes(bytes, locale)}</span>;
}
