'use client';

import type { DatasetSummary } from '@hikyaku/types';
import { EmptyState } from '@hikyaku/ui';
import type { FileToQueue } from '@hikyaku/upload-client';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { PreflightGate } from '../preflight/preflight-gate.tsx';
import { usePreflightDesk } from '../preflight/preflight-provider.tsx';
import { DatasetChoice } from './dataset-choice.tsx';
import { DropArea } from './drop-area.tsx';
import { EncryptionLine } from './encryption-line.tsx';
import { filesToSend } from './files-to-send.ts';
import { UploadList } from './upload-list.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './uploader.module.css';
import { useEncryption } from './use-encryption.ts';
import { usePageDrop } from './use-page-drop.ts';
import { useRememberedDataset } from './use-remembered-dataset.ts';
import { useUploadQueue } from './use-upload-queue.ts';

/** Choose a dataset, drop files anywhere on the page, and watch them go. */
export function Uploader({ datasets }: { datasets: readonly DatasetSummary[] }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  const preflight = usePreflightDesk();
  const { uploads } = useUploadQueue();
  const [dataset, choose] = useRememberedDataset(datasets);
  const [leftOut, setLeftOut] = useState(0);
  const encryption = useEncryption(dataset);
  const send = (chosen: readonly FileToQueue[]) => {
    if (!dataset) return;
    const meant = filesToSend(chosen, dataset.format);
    setLeftOut(meant.leftOut);
    // What was interrupted was looked at before.
    const fresh = queue.takeUp(
      meant.files.map((file) => ({ ...file, ...encryption.howToSend(file.file) })),
      dataset.slug,
    );
    preflight.take(fresh, dataset, (looked) => queue.add(looked, dataset.slug));
  };
  const { dragging, reading } = usePageDrop(send);
  if (!dataset) return <EmptyState title={translate('noDatasets')}>{translate('noDatasetsHint')}</EmptyState>;
  return (
    <section className={styles.uploader} aria-label={translate('title')}>
      <div className={styles.surface}>
        <DatasetChoice datasets={datasets} chosen={dataset} onChoose={choose} />
        <EncryptionLine encryption={encryption} />
        <DropArea format={dataset.format} onFiles={send} compact={uploads.length > 0} />
        <output className={styles.leftOut}>
          {reading ? translate('readingFolder') : leftOut > 0 && translate('leftOut', { count: leftOut })}
        </output>
      </div>
      <PreflightGate />
      <UploadList />
      {dragging && (
        <div className={styles.whole}>
          <p>{translate('release', { dataset: dataset.name[locale] })}</p>
        </div>
      )}
    </section>
  );
}
