'use client';

import { formatCount } from '@hikyaku/texts';
import { describePreflightFinding } from '@hikyaku/texts/preflight';
import { FileName, ProgressBar } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { HeldFile, PreflightSnapshot } from './held-file.ts';
import styles from './held-row.module.css';

/** Files that are named at first, and further ones with each wish. */
const namedAtFirst = 10;
const furtherNamed = 50;

interface HeldManyProps {
  /** Those about which somebody has to decide. */
  held: readonly HeldFile[];
  /** How far looking at all of them is. */
  many: PreflightSnapshot['many'];
  onLookCloser: (id: string) => void;
  onSend: (ids: string[]) => void;
  onDiscard: (ids: string[]) => void;
}

/** Many files at once: how many of them need a word, and one word for all of those. */
export function HeldMany({ held, many, onLookCloser, onSend, onDiscard }: HeldManyProps) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const [mostNamed, setMostNamed] = useState(namedAtFirst);
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
            {held.slice(0, mostNamed).map(({ id, fileName, headline }) => (
              <li key={id} className={styles.named}>
                <div>
                  <FileName name={fileName} />
                  {headline && <span className={styles.quiet}>{describePreflightFinding(headline, locale).what}</span>}
                </div>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={translate('lookCloserAt', { name: fileName })}
                  onClick={() => onLookCloser(id)}
                >
                  {translate('lookCloser')}
                </Button>
              </li>
            ))}
          </ul>
          {held.length > mostNamed && (
            <Button size="compact-sm" variant="subtle" onClick={() => setMostNamed(mostNamed + furtherNamed)}>
              {translate('showMore', { count: formatCount(held.length - mostNamed, locale) })}
            </Button>
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
