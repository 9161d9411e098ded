'use client';

import { describeFileError } from '@hikyaku/texts';
import type { FileSummary } from '@hikyaku/types';
import { ByteSize, FileName, Figure, Moment, StateBadge } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRef } from 'react';
import styles from './file-table.module.css';
import { useRowKeys } from './use-row-keys.ts';

interface FileTableProps {
  files: readonly FileSummary[];
  caption: string;
  /** Say under each name why the file asks for somebody. */
  reasons?: boolean;
}

/** Files in rows. On a phone what stood in columns of its own stands under the name. */
export function FileTable({ files, caption, reasons = false }: FileTableProps) {
  const translate = useTranslations('files');
  const table = useRef<HTMLTableElement>(null);
  useRowKeys(table);
  return (
    <table ref={table} className={styles.table}>
      <caption className={styles.unseen}>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{translate('name')}</th>
          <th scope="col">{translate('state')}</th>
          <th scope="col" className={`${styles.wide} ${styles.number}`}>
            {translate('rows')}
          </th>
          <th scope="col" className={`${styles.wide} ${styles.number}`}>
            {translate('size')}
          </th>
          <th scope="col" className={styles.wide}>
            {translate('sentAt')}
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <FileTableRow key={file.id} file={file} reasons={reasons} />
        ))}
      </tbody>
    </table>
  );
}

function FileTableRow({ file, reasons }: { file: FileSummary; reasons: boolean }) {
  const translate = useTranslations('files');
  const locale = useLocale();
  const sender = file.sentBy ?? translate(file.origin === 'foreign' ? 'bySystem' : 'bySomebodyGone');
  return (
    <tr>
      <th scope="row" className={styles.nameCell}>
        <Link href={`/files/${file.id}`} className={styles.link} data-row-link prefetch={false}>
          <FileName name={file.fileName} />
        </Link>
        <span className={styles.under}>
          {file.dataset && <span>{file.dataset.name[locale]}</span>}
          <span>{sender}</span>
          <span className={styles.narrow}>
            <Moment at={file.createdAt} />
          </span>
        </span>
        {reasons && <Reason file={file} />}
      </th>
      <td className={styles.state}>
        <StateBadge state={file.state} counts={file.counts} cause={file.cause} />
      </td>
      <td className={`${styles.wide} ${styles.number}`}>{file.counts ? <Figure value={file.counts.read} /> : '–'}</td>
      <td className={`${styles.wide} ${styles.number}`}>
        <ByteSize bytes={file.sizeBytes} />
      </td>
      <td className={`${styles.wide} ${styles.when}`}>
        <Moment at={file.createdAt} />
      </td>
    </tr>
  );
}

function Reason({ file }: { file: FileSummary }) {
  const translate = useTranslations('files');
  const locale = useLocale();
  const rejected = file.counts?.rejected ?? 0;
  if (file.cause) return <span className={styles.reason}>{describeFileError(file.cause, locale).whatHappened}</span>;
  if (rejected === 0) return null;
  return <span className={styles.reason}>{translate('rejectedRows', { count: rejected })}</span>;
}
