'use client';

import { ProgressBar } from '@hikyaku/ui';
import { IconAlertCircle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { FileComparison } from './use-receipt-check.ts';
import styles from './verify-page.module.css';

const icons = {
  same: IconCircleCheck,
  different: IconAlertCircle,
  'not-comparable': IconHelpCircle,
  unreadable: IconAlertCircle,
} as const;

/** Whether the chosen file is that of the receipt. */
export function ComparisonLine({ comparison, file }: { comparison: FileComparison; file: File }) {
  const translate = useTranslations('verify');
  if (comparison.kind === 'reading') {
    return (
      <div className={styles.reading}>
        <p className={styles.hint}>{translate('reading')}</p>
        <ProgressBar label={translate('reading')} value={comparison.readBytes} of={file.size} />
      </div>
    );
  }
  const Icon = icons[comparison.kind];
  return (
    <div className={styles.verdict} data-verdict={comparison.kind}>
      <Icon size={28} aria-hidden="true" className={styles.verdictIcon} />
      <div>
        <h2 className={styles.verdictTitle}>{translate(`comparison.${comparison.kind}.title`)}</h2>
        <p className={styles.verdictText}>{translate(`comparison.${comparison.kind}.text`, { name: file.name })}</p>
      </div>
    </div>
  );
}
