'use client';

import type { RowCounts } from '@hikyaku/types';
import { Counts } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { Section } from '../shell/section.tsx';
import styles from './file-page.module.css';

export function FileCounts({ counts }: { counts: RowCounts | null }) {
  const translate = useTranslations('file');
  return (
    <Section title={translate('counts')}>
      <div className={styles.inside}>
        {counts ? <Counts counts={counts} /> : <p className={styles.quiet}>{translate('countsLater')}</p>}
      </div>
    </Section>
  );
}
