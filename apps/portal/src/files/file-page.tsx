'use client';

import { FileName, StateBadge, Timeline } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import { ReceiptSection } from '../receipts/receipt-section.tsx';
import { BackLink } from '../shell/back-link.tsx';
import { Section } from '../shell/section.tsx';
import { useMay } from '../shell/use-may.ts';
import { FileAnswer } from './file-answer.tsx';
import { FileCounts } from './file-counts.tsx';
import { FileFacts } from './file-facts.tsx';
import styles from './file-page.module.css';
import { isGoing } from './is-going.ts';
import { RedriveFile } from './redrive-file.tsx';
import { RejectList } from './reject-list.tsx';
import { TechnicalDetails } from './technical-details.tsx';
import { useLiveFile } from './use-live-file.ts';

/** Everything about one file, as it happens. */
export function FilePage({ fileId }: { fileId: string }) {
  const translate = useTranslations('file');
  const file = useLiveFile(fileId);
  const mayRedrive = useMay('operator') && file.isRedrivable;
  return (
    <>
      <div>
        <BackLink href="/files">{translate('back')}</BackLink>
        <h1 className={styles.name}>
          <FileName name={file.fileName} />
        </h1>
        <p className={styles.answer}>
          <StateBadge state={file.state} counts={file.counts} cause={file.cause} large />
          <span>
            <FileAnswer file={file} />
          </span>
        </p>
        <FileFacts file={file} />
        {mayRedrive && <RedriveFile fileId={fileId} />}
      </div>
      <div className={styles.sides}>
        <Section title={translate('timeline')}>
          <div className={styles.inside}>
            <Timeline file={file} />
          </div>
        </Section>
        {(file.counts !== null || isGoing(file.state)) && <FileCounts counts={file.counts} />}
      </div>
      {file.counts !== null && file.counts.rejected > 0 && (
        <RejectList fileId={file.id} total={file.counts.rejected} isDownloadable={file.hasRejectsFile} />
      )}
      {file.hasReceipt && <ReceiptSection fileId={file.id} />}
      <TechnicalDetails file={file} />
    </>
  );
}
