import { timelineText, type TimelineStep } from '@hikyaku/texts';
import { describe, expect, it } from 'vitest';
import { planSteps } from './plan-steps.ts';
import { stepText } from './step-text.ts';

const going: TimelineStep[] = [
  { subject: 'upload', state: 'uploading' },
  { subject: 'arrival', state: 'queued' },
  { subject: 'run', state: 'loading' },
  { subject: 'run', state: 'validating' },
  { subject: 'run', state: 'merging' },
];

describe.each(['ja', 'en'] as const)('stepText in %s', (locale) => {
  it.each(going)('tells %o otherwise once it is over', (step) => {
    expect(stepText(step, 'present', locale)).toBe(timelineText(step, locale));
    expect(stepText(step, 'past', locale)).not.toBe(timelineText(step, locale));
  });

  it('leaves what is told in the past anyway', () => {
    const step = { subject: 'arrival', state: 'refused' } as const;
    expect(stepText(step, 'past', locale)).toBe(timelineText(step, locale));
  });

  it('has a name of its own for everything a new file has yet to pass', () => {
    const created = {
      subject: 'upload',
      state: 'created',
      id: '1',
      at: '2026-11-21T00:00:00Z',
      actor: null,
      cause: null,
      attempt: null,
    } as const;
    const names = planSteps([created], false).toCome.map((step) => stepText(step, 'to-come', locale));
    expect(names).toHaveLength(6);
    expect(new Set(names).size).toBe(6);
  });
});
