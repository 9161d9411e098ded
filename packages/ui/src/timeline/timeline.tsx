'use client';

import type { FileDetail } from '@hikyaku/types';
import { useState } from 'react';
import { useUiLocale } from '../locale/ui-locale.tsx';
import { uiTexts } from '../locale/ui-texts.ts';
import { formatClock } from './format-clock.ts';
import { planSteps } from './plan-steps.ts';
import { stepText } from './step-text.ts';
import { TimelineStepRow } from './timeline-step-row.tsx';
import styles from './timeline.module.css';

export type TimelineFile = Pick<FileDetail, 'timeline' | 'progress' | 'counts' | 'sizeBytes'>;

/** A file's way as a timetable: when, what, who and for how long; what is going on now, and what is still to come. */
export function Timeline({ file }: { file: TimelineFile }) {
  const { locale, timeZone } = useUiLocale();
  const [every, setEvery] = useState(false);
  const { steps, toCome, hidden } = planSteps(file.timeline, every);
  const texts = uiTexts[locale];
  const days = steps.map((step) => formatClock(step.entry.at, timeZone).day);
  return (
    <div>
      <ol className={styles.timeline} aria-label={texts.timeline}>
        {steps.map((step, index) => (
          <TimelineStepRow
            key={step.entry.id}
            step={step}
            file={file}
            day={days[index] === days[index - 1] ? null : (days[index] ?? null)}
          />
        ))}
        {toCome.map((step) => (
          <li key={`${step.subject} ${step.state}`} className={styles.step} data-tone="to-come">
            <span className={styles.time} aria-hidden="true">
              –
            </span>
            <span className={styles.rail} aria-hidden="true">
              <span className={styles.dot} />
            </span>
            <span className={styles.what}>
              <span className={styles.title}>{stepText(step, 'to-come', locale)}</span>
              <span className={styles.unseen}>{texts.next}</span>
            </span>
          </li>
        ))}
      </ol>
      {hidden > 0 && (
        <button type="button" className={styles.toggle} aria-expanded={every} onClick={() => setEvery(!every)}>
          {every ? texts.showMilestones : texts.showEveryTransition(hidden)}
        </button>
      )}
    </div>
  );
}
