'use client';

import { formatBytes, formatCount } from '@hikyaku/texts';
import { FileName, ProgressBar } from '@hikyaku/ui';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useId } from 'react';
import { FaultTable } from './fault-table.tsx';
import { FindingList } from './finding-list.tsx';
import type { HeldFile } from './held-file.ts';
import styles from './held-row.module.css';
import { usePreflightDesk } from './preflight-provider.tsx';
import { PreviewTable } from './preview-table.tsx';

interface HeldRowProps {
  held: HeldFile;
  onSend: () => void;
  onDiscard: () => void;
}

/** One file that is not sent yet: what was found about it, how it is read, and what may be done with it. */
export function HeldRow({ held, onSend, onDiscard }: HeldRowProps) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  const nameId = useId();
  const { file, fileName, state, headline, found, hasFailed } = held;
  return (
    <article className={styles.row} aria-labelledby={nameId} data-looking={state === 'looking' || undefined}>
      <div className={styles.head}>
        <h3 id={nameId} className={styles.name}>
          <FileName name={fileName} />
        </h3>
        <span className={styles.quiet}>{formatBytes(file.size, locale)}</span>
      </div>
      {state === 'looking' && <p className={styles.quiet}>{translate('looking')}</p>}
      {!found && headline && <FindingList findings={[headline]} />}
      <output className={styles.failed}>{hasFailed && translate(found ? 'wholeFailed' : 'closerFailed')}</output>
      {found && (
        <>
          <FindingList findings={found.report.findings} />
          <Seen held={held} />
          {found.report.faults.length > 0 && <FaultTable report={found.report} />}
          {found.report.preview && <PreviewTable held={held} preview={found.report.preview} />}
        </>
      )}
      <Actions held={held} onSend={onSend} onDiscard={onDiscard} />
      {found && <p className={styles.quiet}>{translate('bytesAsTheyAre')}</p>}
    </article>
  );
}

/** How much of the file the findings are about. */
function Seen({ held: { found, state, progress, file, fileName } }: { held: HeldFile }) {
  const translate = useTranslations('preflight');
  const locale = useLocale();
  if (!found) return null;
  if (state === 'checking') {
    const seen = progress?.bytesSeen ?? 0;
    const figures = {
      seen: formatBytes(seen, locale),
      total: formatBytes(file.size, locale),
      refused: formatCount(progress?.rowsRefused ?? 0, locale),
    };
    return (
      <div className={styles.progress}>
        <ProgressBar label={translate('checkingOf', { name: fileName })} value={seen} of={file.size} />
        <p className={styles.quiet}>{translate('checking', figures)}</p>
      </div>
    );
  }
  const { bytes, rows } = found.report;
  if (rows.read === 0) return null;
  // Where a file is refused before its end, nobody looks further.
  const isWhole = bytes.seen === bytes.total && found.report.isWhole;
  const figures = { seen: formatBytes(bytes.seen, locale), total: formatBytes(bytes.total, locale) };
  return (
    <output className={styles.quiet}>
      {isWhole ? translate('seenWhole', { rows: formatCount(rows.read, locale) }) : translate('seenPart', figures)}
    </output>
  );
}

function Actions({ held: { id, state, found, hasFailed }, onSend, onDiscard }: HeldRowProps) {
  const translate = useTranslations('preflight');
  const desk = usePreflightDesk();
  return (
    <div className={styles.actions}>
      <Button variant={state === 'looking' ? 'default' : 'filled'} onClick={onSend}>
        {translate('sendAsItIs')}
      </Button>
      {/* One button, so that the focus stays where it is. */}
      {found?.report.encoding && (!found.report.isWhole || state === 'checking') && (
        <Button variant="default" onClick={() => (state === 'checking' ? desk.stopChecking(id) : desk.checkWhole(id))}>
          {translate(state === 'checking' ? 'stopChecking' : 'checkWhole')}
        </Button>
      )}
      {!found && hasFailed && (
        <Button variant="default" onClick={() => desk.lookCloser(id)}>
          {translate('lookAgain')}
        </Button>
      )}
      <Button variant="default" onClick={onDiscard}>
        {translate('dontSend')}
      </Button>
    </div>
  );
}
