'use client';

import { actorText } from '@hikyaku/texts';
import type { FileDetail } from '@hikyaku/types';
import { ByteSize, Moment } from '@hikyaku/ui';
import { useLocale, useTranslations } from 'next-intl';
import styles from './file-page.module.css';

/** Who and when, where to, how big. */
export function FileFacts({ file }: { file: FileDetail }) {
  const translate = useTranslations('file');
  const locale = useLocale();
  return (
    <ul className={styles.facts}>
      <li>
        {file.sentBy
          ? translate('sentBy', { name: actorText(file.sentBy, locale) })
          : translate(file.origin === 'foreign' ? 'bySystem' : 'bySomebodyGone')}
      </li>
      <li>
        <Moment at={file.createdAt} />
      </li>
      {file.dataset && <li>{file.dataset.name[locale]}</li>}
      {file.sizeBytes !== null && (
        <li>
          <ByteSize bytes={file.sizeBytes} />
        </li>
      )}
    </ul>
  );
}
