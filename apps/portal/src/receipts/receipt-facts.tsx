'use client';

import type { Receipt } from '@hikyaku/receipts';
import { rowCountsOf } from '@hikyaku/receipts/counts';
import { actorText, formatCount, receiptComparisonText, toldCounts } from '@hikyaku/texts';
import { ByteSize, Moment, useUiLocale } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import styles from './receipt-facts.module.css';
import { ReceiptOutcome } from './receipt-outcome.tsx';

/** All that a receipt says, in the language of the page and the time zone of its reader. */
export function ReceiptFacts({ receipt }: { receipt: Receipt }) {
  const translate = useTranslations('receipt');
  const { locale, timeZone } = useUiLocale();
  const { file, sender, dataset, organization, rows, cause } = receipt;
  const counts = rows && rowCountsOf(rows);
  return (
    <dl className={styles.facts}>
      <Fact name={translate('outcome')}>
        <ReceiptOutcome receipt={receipt} />
        {cause && <p className={styles.more}>{cause.text[locale]}</p>}
      </Fact>
      <Fact name={translate('file')}>
        <span className={styles.name}>{file.name}</span>
        <p className={styles.more}>
          <ByteSize bytes={file.sizeBytes} />{' '}
          {file.sizeBytes >= 1024 && translate('exactly', { bytes: formatCount(file.sizeBytes, locale) })}
        </p>
      </Fact>
      <Fact name="SHA-256">
        <code className={styles.code} translate="no">
          {file.sha256 ?? translate('none')}
        </code>
        <p className={styles.more}>{receiptComparisonText(receipt.comparison, locale)}</p>
      </Fact>
      <Fact name={translate('to')}>
        {organization.name}
        <p className={styles.more}>{dataset.name[locale]}</p>
      </Fact>
      <Fact name={translate('from')}>
        {sender.name ? actorText(sender.name, locale) : translate(sender.name === null ? 'system' : 'somebodyGone')}
      </Fact>
      <Fact name={translate('handedOver')}>
        <Moment at={receipt.handedOverAt} />
      </Fact>
      <Fact name={translate('stored')}>
        <Moment at={receipt.storedAt} />
      </Fact>
      <Fact name={translate('settled')}>
        <Moment at={receipt.settledAt} />
        <p className={styles.more}>{translate('timeZone', { timeZone })}</p>
      </Fact>
      {counts && (
        <Fact name={translate('rows')}>
          <ul className={styles.rows}>
            {toldCounts(counts).map((count) => (
              <li key={count}>{translate(`counts.${count}`, { count: formatCount(counts[count], locale) })}</li>
            ))}
          </ul>
        </Fact>
      )}
      <Fact name={translate('issuer')}>
        <span className={styles.name}>{receipt.issuer}</span>
      </Fact>
      <Fact name={translate('number')}>
        <code className={styles.code} translate="no">
          {receipt.id}
        </code>
      </Fact>
      <Fact name={translate('fileId')}>
        <code className={styles.code} translate="no">
          {file.id}
        </code>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
