'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef } from 'react';
import { Command } from '../shell/command.tsx';
import styles from './new-token.module.css';

export interface NewTokenText {
  name: string;
  token: string;
}

/** A token, the only time it is shown, with commands that try it out. */
export function NewToken({ made, onClose }: { made: NewTokenText; onClose: () => void }) {
  const translate = useTranslations('tokens.made');
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  // It appears above the form that made it: eyes and screen readers are led there.
  useEffect(() => heading.current?.focus(), []);
  const tryOut = [
    `export HIKYAKU_URL=${location.origin}`,
    `export HIKYAKU_TOKEN=${made.token}`,
    'curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" "$HIKYAKU_URL/v1/datasets"',
  ].join('\n');
  return (
    <section className={styles.made} aria-labelledby={id}>
      <h2 id={id} ref={heading} tabIndex={-1} className={styles.title}>
        {translate('title', { name: made.name })}
      </h2>
      <p className={styles.warning}>
        <IconAlertTriangle size={18} aria-hidden="true" />
        {translate('warning')}
      </p>
      <Command label={translate('token')} text={made.token} />
      <h3 className={styles.next}>{translate('tryOut')}</h3>
      <Command label={translate('tryOut')} text={tryOut} />
      <Button variant="default" onClick={onClose}>
        {translate('close')}
      </Button>
    </section>
  );
}
