'use client';

import { formatCount } from '@hikyaku/texts';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import type { HeldFile } from './held-file.ts';
import styles from './preflight-list.module.css';
import { usePreflightDesk } from './preflight-provider.tsx';

interface UnshownFilesProps {
  /** Those about which somebody has to decide. */
  files: readonly HeldFile[];
  onShow: () => void;
}

/** In the place of what shows findings, where that could not be loaded: nobody's files are stuck for want of it. */
export function UnshownFiles({ files, onShow }: UnshownFilesProps) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const desk = usePreflightDesk();
  const ids = files.map(({ id }) => id);
  const count = formatCount(files.length, locale);
  return (
    <div className={styles.unshown}>
      <p role="alert">{translate('unshown', { count })}</p>
      <div className={styles.actions}>
        <Button onClick={onShow}>{translate('showAgain')}</Button>
        <Button variant="default" onClick={() => desk.sendAsTheyAre(ids)}>
          {translate('sendAll', { count })}
        </Button>
        <Button variant="default" onClick={() => desk.discard(ids)}>
          {translate('dontSendAll', { count })}
        </Button>
      </div>
    </div>
  );
}
