'use client';

import type { ErrorCode } from '@hikyaku/types';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type ComponentType, useId, useState } from 'react';
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

/** Offers to look for the cause of a failed upload. What looks is loaded only then. */
export function FindOutWhy({ failure, onSendAgain }: FindOutWhyProps) {
  const translate = useTranslations('connection');
  const panelId = useId();
  const [Panel, setPanel] = useState<ComponentType<ConnectionPanelProps> | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [isMissing, setMissing] = useState(false);
  if (!codesOfConnection.includes(failure.code)) return null;
  const load = () =>
    import('./connection-panel.tsx').then(
      ({ ConnectionPanel }) => setPanel(() => ConnectionPanel),
      () => setMissing(true),
    );
  const toggle = () => {
    setOpen(!isOpen);
    setMissing(false);
    if (!isOpen && !Panel) void load();
  };
  return (
    <div className={styles.whole}>
      <Button size="xs" variant="default" aria-expanded={isOpen} aria-controls={panelId} onClick={toggle}>
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
