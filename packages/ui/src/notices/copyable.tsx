'use client';

import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import styles from './copyable.module.css';

/** A value for the help desk: legible, selectable, and one press to copy. */
export function Copyable({ label, value }: { label: string; value: string }) {
  const { locale } = useUiLocale();
  const clipboard = useClipboard({ timeout: 2_000 });
  const texts = uiTexts[locale];
  return (
    <span className={styles.copyable}>
      <code translate="no">{value}</code>
      <button type="button" onClick={() => clipboard.copy(value)} aria-label={`${texts.copy}: ${label}`}>
        {clipboard.copied ? <IconCheck size={14} aria-hidden="true" /> : <IconCopy size={14} aria-hidden="true" />}
      </button>
      <output className={styles.status}>{clipboard.copied ? texts.copied : ''}</output>
    </span>
  );
}
