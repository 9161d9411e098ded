'use client';

import type { FileDetail } from '@hikyaku/types';
import { Copyable, Moment } from '@hikyaku/ui';
import { useTranslations } from 'next-intl';
import styles from './technical-details.module.css';

/** What the help desk or an engineer asks for; folded away from everybody else. */
export function TechnicalDetails({ file }: { file: FileDetail }) {
  const translate = useTranslations('file');
  const { bucket, key, versionId, etag, checksumSha256, deletedAt, confirmed } = file.technical;
  const layers = useLayersText(file);
  const values: [label: string, value: string | null][] = [
    [translate('fileId'), file.id],
    [translate('bucket'), bucket],
    [translate('key'), key],
    [translate('versionId'), versionId],
    [translate('etag'), etag],
    [translate('checksum'), checksumSha256],
  ];
  return (
    <details className={styles.details}>
      <summary>{translate('technical')}</summary>
      <dl className={styles.values}>
        {values.map(([label, value]) => (
          <div key={label} className={styles.value}>
            <dt>{label}</dt>
            <dd>{value ? <Copyable label={label} value={value} /> : translate('notKnownYet')}</dd>
          </div>
        ))}
        <div className={styles.value}>
          <dt>{translate('layers')}</dt>
          <dd>{layers}</dd>
        </div>
        {deletedAt && (
          <div className={styles.value}>
            <dt>{translate('deletedAt')}</dt>
            <dd>
              <Moment at={deletedAt} />
            </dd>
          </div>
        )}
        {confirmed && (
          <div className={styles.value}>
            <dt>{translate('comparison')}</dt>
            <dd>{translate(confirmed === 'parts' ? 'confirmedByParts' : 'confirmedWhole')}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

/** Known once the file was read to its end. */
function useLayersText({ technical: { encryption, compression, encoding }, counts }: FileDetail): string {
  const translate = useTranslations('file');
  const layers = [
    ...(encryption ? [translate('encryptedWith', { encryption })] : []),
    ...(compression ? [translate('compressedWith', { compression })] : []),
    ...(encoding ? [translate('writtenIn', { encoding })] : []),
  ];
  if (layers.length > 0) return layers.join(' · ');
  return counts ? translate('layersNone') : translate('notKnownYet');
}
