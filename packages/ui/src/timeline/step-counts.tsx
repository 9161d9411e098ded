'use client';

import { formatCount } from '@hikyaku/texts';
import type { RowCounts } from '@hikyaku/types';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import styles from './timeline.module.css';

/** The counts in one line, leaving out what is nought. */
export function StepCounts({ counts }: { counts: RowCounts }) {
  const { locale } = useUiLocale();
  const texts = uiTexts[locale];
  const kinds = ['read', 'inserted', 'updated', 'unchanged', 'deleted', 'repeated', 'rejected'] as const;
  return (
    <div className={styles.counts}>
      {kinds
        .filter((kind) => kind === 'read' || counts[kind] > 0)
        .map((kind) => (
          <span key={kind} data-kind={kind}>
            {texts[kind]} {formatCount(counts[kind], locale)}
          </span>
        ))}
    </div>
  );
}
