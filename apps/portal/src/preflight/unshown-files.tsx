'use client';

import { formatCount } from '@hikyaku/texts';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import styles from './preflight-list.module.css';

interface UnshownFilesProps {
  /** Files about which somebody has to decide. */
  count: number;
  onShow: () => void;
  onSend: () => void;
  onDiscard: () => void;
}

/** In the place of what shows findings, where that could not be loaded: nobody's files are stuck for want of it. */
export function UnshownFiles({ count: files, onShow, onSend, onDiscard }: UnshownFilesProps) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const count = formatCount(files, locale);
  return (
    <div className={styles.unshown}>
      <p role="alert">{translate('unshown', { count: files })}</p>
      <div className={styles.actions}>
        <Button onClick={onShow}>{translate('showAgain')}</Button>
        <Button variant="default" onClick={onSend}>
          {translate('sendAll', { count })}
        </Button>
        <Button variant="default" onClick={onDiscard}>
          {translate('dontSendAll', { count })}
        </Button>
      </div>
    </div>
  );
}
