'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useId } from 'react';
import styles from './encryption-line.module.css';
import type { Encryption } from './use-encryption.ts';

/** One calm line: that files are encrypted before they leave, or a switch for it. Nothing where there is nothing to choose. */
export function EncryptionLine({ encryption: { mode, isWanted, want } }: { encryption: Encryption }) {
  const translate = useTranslations('encryption');
  const hint = useId();
  if (mode === 'none') return null;
  if (mode === 'required') {
    return (
      <p className={styles.line}>
        <IconLock size={18} stroke={1.75} aria-hidden="true" />
        {translate('required')}
      </p>
    );
  }
  if (mode === 'impossible') {
    return (
      <p className={styles.line} data-tone="attention">
        <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />
        <span>
          {translate('impossible')} <Link href="/keys">{translate('keys')}</Link>
        </span>
      </p>
    );
  }
  if (mode === 'lost') {
    return (
      <div role="alert" className={styles.line} data-tone="attention">
        <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />
        <div>
          <p className={styles.lost}>
            {translate('lost')} <Link href="/keys">{translate('keys')}</Link>
          </p>
          <Button size="xs" variant="default" onClick={() => want(false)}>
            {translate('sendInTheOpen')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className={styles.line}>
      <IconLock size={18} stroke={1.75} aria-hidden="true" />
      <div>
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={isWanted}
            aria-describedby={hint}
            onChange={(event) => want(event.currentTarget.checked)}
          />
          {translate('offered')}
        </label>
        <p id={hint} className={styles.hint}>
          {translate('offeredHint')}
        </p>
      </div>
    </div>
  );
}
