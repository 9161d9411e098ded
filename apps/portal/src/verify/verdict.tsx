'use client';

import type { ReceiptJudgement } from '@hikyaku/receipts';
import { Moment } from '@hikyaku/ui';
import { IconAlertCircle, IconCircleCheck, IconHelpCircle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { ReceiptOutcome } from '../receipts/receipt-outcome.tsx';
import styles from './verify-page.module.css';

/** What is true of the receipt, in plain words. */
export function Verdict({ judgement }: { judgement: ReceiptJudgement }) {
  const translate = useTranslations('verify');
  const { verdict } = judgement;
  const Icon = icons[verdict];
  const issuer = verdict === 'unknown-key' ? judgement.issuer : '';
  return (
    <div className={styles.verdict} data-verdict={verdict}>
      <Icon size={28} aria-hidden="true" className={styles.verdictIcon} />
      <div>
        <h2 className={styles.verdictTitle}>{translate(`verdict.${verdict}.title`)}</h2>
        <p className={styles.verdictText}>{translate(`verdict.${verdict}.text`)}</p>
        {verdict === 'genuine' && (
          <p className={styles.outcome}>
            <ReceiptOutcome receipt={judgement.receipt} />
            <Moment at={judgement.receipt.settledAt} />
          </p>
        )}
        {issuer !== '' && <p className={styles.verdictText}>{translate('claimedIssuer', { issuer })}</p>}
      </div>
    </div>
  );
}

const icons = {
  genuine: IconCircleCheck,
  changed: IconAlertCircle,
  'unknown-key': IconHelpCircle,
  'not-a-receipt': IconHelpCircle,
} as const;
