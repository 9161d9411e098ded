'use client';

import { FileName, StateBadge } from '@hikyaku/ui';
import type { FileState, RowCounts } from '@hikyaku/types';
import type { QueuedUpload, QueuedUploadState } from '@hikyaku/upload-client';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { memo, useState } from 'react';
import { fileStateTone } from '@hikyaku/texts';
import styles from './many-uploads.module.css';
import { useUploadQueueHandle } from './upload-queue-provider.tsx';
import { UploadRow } from './upload-row.tsx';
import { type SentStates, useSentStates } from './use-sent-states.ts';

const rowsAtOnce = 50;

/** A folder's worth of files: how many stand where, and of the files themselves those first that need somebody. */
export function ManyUploads({ uploads }: { uploads: readonly QueuedUpload[] }) {
  const translate = useTranslations('upload');
  const queue = useUploadQueueHandle();
  const sent = useSentStates();
  const [most, setMost] = useState(rowsAtOnce);
  const rows = firstRows(uploads, sent, most);
  const hidden = uploads.length - rows.length;
  return (
    <>
      <Tally uploads={uploads} sent={sent} />
      <ul className={styles.list}>
        {rows.map((upload) =>
          upload.state === 'done' && upload.uploadId ? (
            <SentRow
              key={upload.id}
              upload={upload}
              state={stateOf(upload, sent)}
              counts={sent.get(upload.uploadId)?.counts}
            />
          ) : (
            <UploadRow key={upload.id} upload={upload} />
          ),
        )}
      </ul>
      <div className={styles.foot}>
        {hidden > 0 && (
          <Button variant="default" size="xs" onClick={() => setMost(most + rowsAtOnce)}>
            {translate('showMore', { next: Math.min(rowsAtOnce, hidden), count: hidden })}
          </Button>
        )}
        {uploads.some(({ state }) => state === 'done') && (
          <Button variant="subtle" size="xs" onClick={queue.removeDone}>
            {translate('removeDone')}
          </Button>
        )}
      </div>
    </>
  );
}

const sendingStates = ['preparing', 'sending', 'confirming'] as const satisfies QueuedUploadState[];
/** In the order they are told. */
const talliedStates = [
  'failed',
  'interrupted',
  'paused',
  'waiting',
  'cancelled',
] as const satisfies QueuedUploadState[];

function Tally({ uploads, sent }: { uploads: readonly QueuedUpload[]; sent: SentStates }) {
  const translate = useTranslations('upload');
  const counted = Map.groupBy(uploads, ({ state }) => state);
  const count = (states: readonly QueuedUploadState[]) =>
    states.reduce((total, state) => total + (counted.get(state)?.length ?? 0), 0);
  const told = [
    ['sending', count(sendingStates)] as const,
    ...talliedStates.map((state) => [state, count([state])] as const),
  ];
  const arrived = Map.groupBy(counted.get('done') ?? [], (upload) => stateOf(upload, sent));
  return (
    <ul className={styles.tally} aria-label={translate('tally')}>
      {told
        .filter(([, files]) => files > 0)
        .map(([state, files]) => (
          <li key={state}>
            {translate(`tallied.${state}`)} <strong>{translate('files', { count: files })}</strong>
          </li>
        ))}
      {[...arrived].map(([state, files]) => (
        <li key={state}>
          <StateBadge state={state} /> <strong>{translate('files', { count: files.length })}</strong>
        </li>
      ))}
    </ul>
  );
}

interface SentRowProps {
  upload: QueuedUpload;
  state: FileState;
  counts: RowCounts | null | undefined;
}

/** One line: with thousands of them nobody reads timelines. */
const SentRow = memo(function SentRow({ upload, state, counts }: SentRowProps) {
  return (
    <li className={styles.row}>
      <Link href={`/files/${upload.uploadId}`}>
        <FileName name={upload.fileName} />
      </Link>
      <StateBadge state={state} counts={counts} />
    </li>
  );
});

/** What has arrived is recorded a moment later. */
function stateOf({ uploadId }: QueuedUpload, sent: SentStates): FileState {
  return (uploadId && sent.get(uploadId)?.state) || 'received';
}

const places: Record<QueuedUploadState, number> = {
  failed: 0,
  interrupted: 1,
  sending: 2,
  confirming: 2,
  preparing: 2,
  paused: 3,
  waiting: 4,
  done: 5,
  cancelled: 6,
};

/** Without sorting thousands of files several times a second. */
function firstRows(uploads: readonly QueuedUpload[], sent: SentStates, most: number): QueuedUpload[] {
  const placeOf = (upload: QueuedUpload) => {
    if (upload.state !== 'done') return places[upload.state];
    return fileStateTone(stateOf(upload, sent)) === 'act' ? 0 : places.done;
  };
  const grouped = Map.groupBy(uploads, placeOf);
  const rows: QueuedUpload[] = [];
  for (const place of [...grouped.keys()].toSorted((one, other) => one - other)) {
    rows.push(...(grouped.get(place) ?? []).slice(0, most - rows.length));
    if (rows.length >= most) break;
  }
  return rows;
}
