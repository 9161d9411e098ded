'use client';

import { describeFileError, formatDuration } from '@hikyaku/texts';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import { ErrorNotice } from '../notices/error-notice.tsx';
import { ToneIcon } from '../tone-icon.tsx';
import { formatClock } from './format-clock.ts';
import type { PlannedStep } from './plan-steps.ts';
import { StepCounts } from './step-counts.tsx';
import { stepText } from './step-text.ts';
import { StepProgress } from './step-progress.tsx';
import type { TimelineFile } from './timeline.tsx';
import styles from './timeline.module.css';
import { useSecondsSince } from './use-seconds-since.ts';

export function TimelineStepRow({ step, file, day }: TimelineStepRowProps) {
  const { locale, timeZone } = useUiLocale();
  const { entry, tone, current, decides } = step;
  const texts = uiTexts[locale];
  return (
    <li
      className={styles.step}
      data-tone={tone}
      data-current={current || undefined}
      aria-current={current ? 'step' : undefined}
    >
      <time className={styles.time} dateTime={entry.at}>
        {day && <span className={styles.day}>{locale === 'ja' ? day.replaceAll('-', '/') : day}</span>}
        {formatClock(entry.at, timeZone).clock}
      </time>
      <span className={styles.rail} aria-hidden="true">
        <span className={styles.marker}>
          <ToneIcon tone={tone} size={22} />
        </span>
      </span>
      <div className={styles.what}>
        <div className={styles.line}>
          <span className={styles.title}>{stepText(entry, decides ? 'present' : 'past', locale)}</span>
          <StepDuration step={step} />
        </div>
        {entry.actor && <div className={styles.quiet}>{texts.by(entry.actor)}</div>}
        {current && file.progress && <StepProgress progress={file.progress} sizeBytes={file.sizeBytes} />}
        {entry.state === 'taken_in' && file.counts && <StepCounts counts={file.counts} />}
        {entry.cause && decides && (
          <div className={styles.cause}>
            <ErrorNotice text={describeFileError(entry.cause, locale)} code={entry.cause.code} announce={false} />
          </div>
        )}
        {entry.cause && !decides && (
          <div className={styles.quiet}>{describeFileError(entry.cause, locale).whatHappened}</div>
        )}
      </div>
    </li>
  );
}

interface TimelineStepRowProps {
  step: PlannedStep;
  file: TimelineFile;
  /** The date, where it differs from the step before. */
  day: string | null;
}

function StepDuration({ step }: { step: PlannedStep }) {
  const { locale } = useUiLocale();
  const counting = useSecondsSince(step.entry.at, step.current);
  const texts = uiTexts[locale];
  if (step.current) {
    return (
      <span className={styles.duration}>
        <span className={styles.unseen}>{texts.now}</span>
        {counting ? formatDuration(counting, locale) : ''}
      </span>
    );
  }
  if (step.durationSeconds === null) return null;
  return (
    <span className={styles.duration}>
      <span className={styles.unseen}>{texts.took}</span> {formatDuration(step.durationSeconds, locale)}
    </span>
  );
}
