'use client';

import type { RowCounts } from '@hikyaku/types';
import { IconAlertCircle } from '@tabler/icons-react';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import { Figure } from './figure.tsx';
import styles from './counts.module.css';

/** What became of a file's rows, as four figures; unchanged, deleted and repeated rows are told quietly below. */
export function Counts({ counts }: { counts: RowCounts }) {
  const { locale } = useUiLocale();
  const texts = uiTexts[locale];
  return (
    <div className={styles.counts}>
      <dl className={styles.four}>
        <One label={texts.read} value={counts.read} />
        <One label={texts.inserted} value={counts.inserted} />
        <One label={texts.updated} value={counts.updated} />
        <One label={texts.rejected} value={counts.rejected} mustAct={counts.rejected > 0} />
      </dl>
      {(counts.unchanged > 0 || counts.deleted > 0 || counts.repeated > 0) && (
        <p className={styles.quiet}>
          {counts.unchanged > 0 && (
            <span>
              {texts.unchanged} <Figure value={counts.unchanged} />
            </span>
          )}
          {counts.deleted > 0 && (
            <span title={texts.deletedMeans}>
              {texts.deleted} <Figure value={counts.deleted} />
            </span>
          )}
          {counts.repeated > 0 && (
            <span title={texts.repeatedMeans}>
              {texts.repeated} <Figure value={counts.repeated} />
            </span>
          )}
        </p>
      )}
    </div>
  );
}

function One({ label, value, mustAct = false }: { label: string; value: number; mustAct?: boolean }) {
  return (
    <div className={styles.one} data-must-act={mustAct || undefined}>
      <dt>{label}</dt>
      <dd>
        {mustAct && <IconAlertCircle size={20} aria-hidden="true" />}
        <Figure value={value} />
      </dd>
    </div>
  );
}
