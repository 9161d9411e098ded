'use client';

import type { DatasetSummary } from '@hikyaku/types';
import { EmptyState } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { PreflightGate } from '../preflight/preflight-gate.tsx';
import { usePreflightDesk } from '../preflight/preflight-provider.tsx';
import type { ChosenFiles } from './chosen-files.ts';
import { ChosenNotes } from './chosen-notes.tsx';
import { DatasetChoice } from './dataset-choice.tsx';
import { DropArea } from './drop-area.tsx';
import { type Elsewhere, ElsewhereQuestion } from './elsewhere-question.tsx';
import { EncryptionLine } from './encryption-line.tsx';
import { filesToSend } from './files-to-send.ts';
import { UploadList } from './upload-list.tsx';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import styles from './uploader.module.css';
import { useEncryption } from './use-encryption.ts';
import { usePageDrop } from './use-page-drop.ts';
import { useRememberedDataset } from './use-remembered-dataset.ts';
import { useUploadQueue } from './use-upload-queue.ts';

const nothingToTell = { leftOut: 0, unreadable: [] };

/** Choose a dataset, drop files anywhere on the page, and watch them go. */
export function Uploader({ datasets }: { datasets: readonly DatasetSummary[] }) {
  const translate = useTranslations('upload');
  const locale = useLocale();
  const queue = useUploadQueueHandle();
  const preflight = usePreflightDesk();
  const { uploads } = useUploadQueue();
  const [dataset, choose] = useRememberedDataset(datasets);
  const [{ leftOut, unreadable }, tell] = useState<{ leftOut: number; unreadable: string[] }>(nothingToTell);
  const [elsewhere, ask] = useState<Elsewhere | null>(null);
  const encryption = useEncryption(dataset);
  const take = ({ files, unreadable: notRead }: ChosenFiles) => {
    tell({ leftOut: 0, unreadable: notRead });
    // Refused by the line above the files, until somebody decides.
    if (!dataset || encryption.mode === 'lost') return;
    const interrupted = queue.findElsewhere(files, dataset.slug);
    if (interrupted.length > 0) ask({ files, interrupted });
    else send(files);
  };
  const send = (chosen: Elsewhere['files']) => {
    if (!dataset) return;
    const meant = filesToSend(chosen, dataset.format);
    tell((told) => ({ ...told, leftOut: meant.leftOut }));
    // What was interrupted was looked at before.
    const fresh = queue.takeUp(
      meant.files.map((file) => ({ ...file, ...encryption.howToSend(file.file) })),
      dataset.slug,
    );
    preflight.take(fresh, dataset, (looked) => queue.add(looked, dataset.slug));
  };
  const answer = (work: (asked: Elsewhere) => void) => () => {
    ask(null);
    if (elsewhere) work(elsewhere);
  };
  const goOnElsewhere = ({ files, interrupted }: Elsewhere) => {
    for (const [destination, found] of Map.groupBy(interrupted, (one) => one.destination)) {
      queue.takeUp(
        found.map(({ file }) => file),
        destination,
      );
    }
    const taken = new Set(interrupted.map(({ file }) => file));
    send(files.filter((file) => !taken.has(file)));
  };
  const { dragging, reading } = usePageDrop(take);
  if (!dataset) return <EmptyState title={translate('noDatasets')}>{translate('noDatasetsHint')}</EmptyState>;
  return (
    <section className={styles.uploader} aria-label={translate('title')}>
      <div className={styles.surface}>
        <DatasetChoice
          datasets={datasets}
          chosen={dataset}
          onChoose={(slug) => {
            // It was about the other one.
            ask(null);
            choose(slug);
          }}
        />
        <EncryptionLine encryption={encryption} />
        <DropArea format={dataset.format} onFiles={take} compact={uploads.length > 0} />
        <ChosenNotes isReading={reading} leftOut={leftOut} unreadable={unreadable} />
        {elsewhere && (
          <ElsewhereQuestion
            elsewhere={elsewhere}
            destination={dataset.slug}
            onGoOn={answer(goOnElsewhere)}
            onSendHere={answer(({ files }) => send(files))}
            onCancel={answer(() => {})}
          />
        )}
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
