'use client';

import type { Receipt } from '@hikyaku/receipts';
import { Moment } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { BackLink } from '../shell/back-link.tsx';
import { ReceiptFacts } from './receipt-facts.tsx';
import styles from './receipt-page.module.css';
import { DownloadReceipt } from './receipt-section.tsx';
import { statementOf } from './statement-of.ts';

/** A receipt on a sheet: to read, and to print on A4. */
export function ReceiptPage({ receipt }: { receipt: Receipt }) {
  const translate = useTranslations('receipt');
  const fileId = receipt.file.id;
  return (
    <>
      <div className={styles.top}>
        <BackLink href={`/files/${fileId}`}>{translate('back')}</BackLink>
        <div className={styles.actions}>
          <DownloadReceipt fileId={fileId} />
          <Button
            leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden="true" />}
            onClick={() => window.print()}
          >
            {translate('print')}
          </Button>
        </div>
      </div>
      <article className={styles.sheet}>
        <header className={styles.head}>
          <h1 className={styles.title}>{translate('title')}</h1>
          <p className={styles.issued}>
            {translate('issued')} <Moment at={receipt.issuedAt} />
          </p>
        </header>
        <p className={styles.statement}>{translate(`statement.${statementOf(receipt)}`)}</p>
        <ReceiptFacts receipt={receipt} />
        <footer className={styles.foot}>
          <p>{translate('paper')}</p>
          <p>
            {translate('checkAt')} <Link href="/verify">{`${receipt.issuer}/verify`}</Link>
          </p>
        </footer>
      </article>
    </>
  );
}
