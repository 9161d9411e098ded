'use client';

import type { ErrorCode } from '@hikyaku/types';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useId, useState, useSyncExternalStore } from 'react';
import { createLatePart } from '../shell/create-late-part.ts';
import type { ConnectionPanelProps } from './connection-panel.tsx';
import styles from './find-out-why.module.css';

/** What may come from the way to storage; of the others the cause is known. */
const codesOfConnection: readonly ErrorCode[] = [
  'network',
  'body-limit',
  'unexpected-answer',
  'clock-skew',
  'storage-key-denied',
  'storage-full',
  'storage-refused',
  'storage-unavailable',
  'object-missing',
];

type FindOutWhyProps = Omit<ConnectionPanelProps, 'failure'> & {
  failure: ConnectionPanelProps['failure'] & { code: ErrorCode };
};

const panel = createLatePart(async () => (await import('./connection-panel.tsx')).ConnectionPanel);

/** Offers to look for the cause of a failed upload. What looks is loaded only then. */
export function FindOutWhy({ failure, onSendAgain }: FindOutWhyProps) {
  const translate = useTranslations('connection');
  const panelId = useId();
  const { part: Panel, isMissing } = useSyncExternalStore(panel.subscribe, panel.getSnapshot, panel.getSnapshot);
  const [isOpen, setOpen] = useState(false);
  if (!codesOfConnection.includes(failure.code)) return null;
  const press = () => {
    panel.load();
    // Where it did not come, pressing again is what helps.
    if (!isOpen || !isMissing) setOpen(!isOpen);
  };
  return (
    <div className={styles.whole}>
      <Button size="xs" variant="default" aria-expanded={isOpen} aria-controls={panelId} onClick={press}>
        {translate('findOutWhy')}
      </Button>
      <div id={panelId} className={styles.panel}>
        {/* Our own site did not give what looks for the cause: that is one. */}
        <output>{isMissing && isOpen && translate('notLoaded')}</output>
        {isOpen && Panel && <Panel failure={failure} onSendAgain={onSendAgain} />}
      </div>
    </div>
  );
}
