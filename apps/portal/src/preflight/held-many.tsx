'use client';

import { formatCount } from '@hikyaku/texts';
import { describePreflightFinding } from '@hikyaku/texts/preflight';
import { FileName, ProgressBar } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import type { HeldFile, PreflightSnapshot } from './held-file.ts';
import styles from './held-row.module.css';

/** Files that are named. */
const mostNamed = 10;

interface HeldManyProps {
  /** Those about which somebody has to decide. */
  held: readonly HeldFile[];
  /** How far looking at all of them is. */
  many: PreflightSnapshot['many'];
  onSend: (ids: string[]) => void;
  onDiscard: (ids: string[]) => void;
}

/** Many files at once: how many of them need a word, and one word for all of those. */
export function HeldMany({ held, many, onSend, onDiscard }: HeldManyProps) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const ids = held.map(({ id }) => id);
  const count = formatCount(held.length, locale);
  const looking = many && {
    looked: formatCount(many.looked, locale),
    total: formatCount(many.total, locale),
  };
  return (
    <article className={styles.row}>
      {many && looking && (
        <div className={styles.progress}>
          <ProgressBar label={translate('looking')} value={many.looked} of={many.total} />
          <p className={styles.quiet}>{translate('manyLooked', looking)}</p>
        </div>
      )}
      {held.length > 0 && (
        <>
          <output className={styles.manyFound}>{translate('manyFound', { count })}</output>
          <ul className={styles.names}>
            {held.slice(0, mostNamed).map(({ id, fileName, found }) => (
              <li key={id}>
                <FileName name={fileName} />
                {found?.report.findings[0] && (
                  <span className={styles.quiet}>
                    {describePreflightFinding(found.report.findings[0], locale).what}
                  </span>
                )}
              </li>
            ))}
          </ul>
          {held.length > mostNamed && (
            <p className={styles.quiet}>
              {translate('manyMore', { count: formatCount(held.length - mostNamed, locale) })}
            </p>
          )}
          <div className={styles.actions}>
            <Button onClick={() => onSend(ids)}>{translate('sendAll', { count })}</Button>
            <Button variant="default" onClick={() => onDiscard(ids)}>
              {translate('dontSendAll', { count })}
            </Button>
          </div>
        </>
      )}
    </article>
  );
}
