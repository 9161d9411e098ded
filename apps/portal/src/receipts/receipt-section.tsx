'use client';

import { Button } from '@mantine/core';
import { IconDownload, IconPrinter } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Section } from '../shell/section.tsx';
import styles from './receipt-section.module.css';

/** The proof of what became of a file: to keep, or to print. */
export function ReceiptSection({ fileId }: { fileId: string }) {
  const translate = useTranslations('receipt');
  return (
    <Section title={translate('title')}>
      <div className={styles.inside}>
        <p className={styles.hint}>{translate('hint')}</p>
        <div className={styles.actions}>
          <DownloadReceipt fileId={fileId} />
          <Button
            component={Link}
            href={`/files/${fileId}/receipt`}
            variant="default"
            leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden="true" />}
          >
            {translate('show')}
          </Button>
        </div>
      </div>
    </Section>
  );
}

export function DownloadReceipt({ fileId }: { fileId: string }) {
  const translate = useTranslations('receipt');
  return (
    <Button
      component="a"
      href={`/api/files/${fileId}/receipt.json`}
      download
      variant="default"
      leftSection={<IconDownload size={18} stroke={1.75} aria-hidden="true" />}
    >
      {translate('download')}
    </Button>
  );
}
