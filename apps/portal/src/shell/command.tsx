'use client';

import { uiTexts, useUiLocale } from '@hikyaku/ui';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import styles from './command.module.css';

/** Something to paste elsewhere as it stands: commands, a token. */
export function Command({ label, text }: { label: string; text: string }) {
  const { locale } = useUiLocale();
  const clipboard = useClipboard({ timeout: 2_000 });
  const texts = uiTexts[locale];
  return (
    <div className={styles.command}>
      {/* Long lines scroll: with the keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.text} tabIndex={0}>
        <code translate="no">{text}</code>
      </pre>
      <button
        type="button"
        className={styles.copy}
        onClick={() => clipboard.copy(text)}
        aria-label={`${texts.copy}: ${label}`}
      >
        {clipboard.copied ? <IconCheck size={16} aria-hidden="true" /> : <IconCopy size={16} aria-hidden="true" />}
        <span aria-hidden="true">{clipboard.copied ? texts.copied : texts.copy}</span>
      </button>
      <output className={styles.status}>{clipboard.copied ? texts.copied : ''}</output>
    </div>
  );
}
