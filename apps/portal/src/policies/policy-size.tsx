'use client';

import { useTranslations } from 'next-intl';
import styles from './policies-page.module.css';
import type { ReadPolicy } from './workbench.ts';

/** What is left of AWS's limit. */
export function PolicySize({ size }: { size: ReadPolicy['size'] }) {
  const translate = useTranslations('policies.size');
  if (!size) return null;
  const { used, limit, left, fits, unit, charactersSavedByMerging } = size;
  const counts = { used, limit, left: Math.abs(left), unit: translate(unit) };
  return (
    <div className={styles.size} data-over={fits ? undefined : true}>
      <meter className={styles.meter} min={0} max={limit} value={used} aria-label={translate('label')} />
      <p>
        {fits ? translate('left', counts) : translate('over', counts)}
        {charactersSavedByMerging > 0 && ` ${translate('merging', { count: charactersSavedByMerging })}`}
      </p>
    </div>
  );
}
