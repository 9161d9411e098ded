'use client';

import { fileStateText, fileStateTone } from '@hikyaku/texts';
import type { FileState, RowCounts } from '@hikyaku/types';
import { IconAlertCircle } from '@tabler/icons-react';
import { useUiLocale } from './locale/ui-locale.tsx';
import { ToneIcon } from './tone-icon.tsx';
import styles from './state-badge.module.css';

/** A file's state: icon, word and colour, never colour alone. A file taken in without some of its lines is marked. */
export function StateBadge({ state, counts, cause, large = false }: StateBadgeProps) {
  const { locale } = useUiLocale();
  const tone = fileStateTone(state);
  const rejectedRows = counts?.rejected;
  const marked = state === 'taken_in' && Boolean(rejectedRows);
  return (
    <span className={styles.badge} data-tone={tone} data-large={large || undefined} data-state={state}>
      <ToneIcon tone={tone} size={large ? 22 : 18} />
      <span>{fileStateText(state, locale, { rejectedRows, causeCode: cause?.code })}</span>
      {marked && <IconAlertCircle size={large ? 20 : 16} className={styles.mark} aria-hidden="true" />}
    </span>
  );
}

interface StateBadgeProps {
  state: FileState;
  counts?: RowCounts | null | undefined;
  /** Why a file was not taken in, where that makes another word of its state. */
  cause?: { code: string } | null | undefined;
  large?: boolean;
}
