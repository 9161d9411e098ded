'use client';

import type { DatasetSummary } from '@hikyaku/types';
import { EmptyState } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import { PreflightGate } from '../preflight/preflight-gate.tsx';
import { usePreflightDesk } from '../preflight/preflight-provider.tsx';
import { useTrpcClient } from '../trpc/context.ts';
import { createUploadPort } from './create-upload-port.ts';
import { DatasetChoice } from './dataset-choice.tsx';
import { DropArea } from './drop-area.tsx';
import { UploadList } from './upload-list.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './uploader.module.css';
import { usePageDrop } from './use-page-drop.ts';
import { useRememberedDataset } from './use-remembered-dataset.ts';
import { useUploadQueue } from './use-upload-queue.ts';

/** Choose a dataset, drop files anywhere on the page, and watch them go. */
export function Uploader({ datasets }: { datasets: readonly DatasetSummary[] }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const api = useTrpcClient();
  const queue = useUploadQueueHandle();
  const preflight = usePreflightDesk();
  const { uploads } = useUploadQueue();
  const [dataset, choose] = useRememberedDataset(datasets);
  const send = (files: readonly File[]) => {
    if (!dataset) return;
    const port = createUploadPort(api, dataset.slug);
    preflight.take(files, dataset, (looked) => {
      for (const file of looked) queue.add(file, port);
    });
  };
  const dragging = usePageDrop(send);
  if (!dataset) return <EmptyState title={translate('noDatasets')}>{translate('noDatasetsHint')}</EmptyState>;
  return (
    <section className={styles.uploader} aria-label={translate('title')}>
      <div className={styles.surface}>
        <DatasetChoice datasets={datasets} chosen={dataset} onChoose={choose} />
        <DropArea format={dataset.format} onFiles={send} compact={uploads.length > 0} />
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
