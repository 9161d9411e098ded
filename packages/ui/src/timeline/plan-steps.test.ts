import type { TimelineEntry } from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import { planSteps } from './plan-steps.ts';

type Transition =
  | Pick<Extract<TimelineEntry, { subject: 'upload' }>, 'subject' | 'state'>
  | Pick<Extract<TimelineEntry, { subject: 'arrival' }>, 'subject' | 'state'>
  | Pick<Extract<TimelineEntry, { subject: 'run' }>, 'subject' | 'state'>;

function timelineOf(...transitions: Transition[]): TimelineEntry[] {
  return transitions.map((transition, index) => ({
    ...transition,
    id: String(index),
    at: new Date(Date.UTC(2026, 10, 21, 0, 0, index * 2)).toISOString(),
    actor: null,
    cause: null,
    attempt: null,
  }));
}

const wholeWay = timelineOf(
  { subject: 'upload', state: 'created' },
  { subject: 'upload', state: 'uploading' },
  { subject: 'upload', state: 'completing' },
  { subject: 'upload', state: 'stored' },
  { subject: 'arrival', state: 'recorded' },
  { subject: 'arrival', state: 'queued' },
  { subject: 'run', state: 'claimed' },
  { subject: 'arrival', state: 'running' },
  { subject: 'run', state: 'loading' },
  { subject: 'run', state: 'validating' },
  { subject: 'run', state: 'merging' },
  { subject: 'run', state: 'committed' },
  { subject: 'arrival', state: 'taken_in' },
);

function told(timeline: readonly TimelineEntry[], every = false): string[] {
  return planSteps(timeline, every).steps.map(({ entry, tone }) => `${entry.subject} ${entry.state} ${tone}`);
}

describe('planSteps', () => {
  it('tells the milestones of a file that was taken in, all of them done', () => {
    expect(told(wholeWay)).toEqual([
      'upload created done',
      'upload stored done',
      'arrival recorded done',
      'run loading done',
      'run validating done',
      'run merging done',
      'arrival taken_in done',
    ]);
  });

  it('tells every transition when asked, and counts the ones left out', () => {
    expect(told(wholeWay, true)).toHaveLength(wholeWay.length);
    expect(planSteps(wholeWay, false).hidden).toBe(6);
  });

  it('measures a step until the next one shown', () => {
    expect(planSteps(wholeWay, false).steps.map((step) => step.durationSeconds)).toEqual([6, 2, 8, 2, 2, 4, null]);
  });

  it('has one current step, the newest, and lists what is still to come', () => {
    const plan = planSteps(wholeWay.slice(0, 9), false);
    expect(plan.steps.filter((step) => step.current).map((step) => step.entry.state)).toEqual(['loading']);
    expect(plan.toCome.map((step) => step.state)).toEqual(['validating', 'merging', 'taken_in']);
  });

  it('shows the newest transition even if it is no milestone', () => {
    const plan = planSteps(wholeWay.slice(0, 6), false);
    expect(plan.steps.at(-1)?.entry.state).toBe('queued');
    expect(plan.toCome.map((step) => step.state)).toEqual(['loading', 'validating', 'merging', 'taken_in']);
  });

  it.each<[Transition, string]>([
    [{ subject: 'arrival', state: 'refused' }, 'act'],
    [{ subject: 'arrival', state: 'failed' }, 'act'],
    [{ subject: 'arrival', state: 'unrouted' }, 'waiting'],
    [{ subject: 'arrival', state: 'duplicate' }, 'skipped'],
    [{ subject: 'upload', state: 'aborted' }, 'skipped'],
    [{ subject: 'upload', state: 'refused' }, 'act'],
  ])('ends with %o: nothing is current, nothing to come', (transition, tone) => {
    const plan = planSteps([...wholeWay.slice(0, 4), ...timelineOf(transition)], false);
    expect(plan.steps.at(-1)).toMatchObject({ tone, current: false, durationSeconds: null });
    expect(plan.toCome).toEqual([]);
  });

  it('keeps a failed attempt in sight when the next attempt begins', () => {
    const plan = planSteps(
      timelineOf(
        { subject: 'run', state: 'loading' },
        { subject: 'run', state: 'failed' },
        { subject: 'arrival', state: 'queued' },
      ),
      false,
    );
    expect(plan.steps.map((step) => step.tone)).toEqual(['done', 'act', 'working']);
  });

  it("is not misled by the sender's word coming after S3's own", () => {
    const plan = planSteps(
      timelineOf(
        { subject: 'upload', state: 'created' },
        { subject: 'arrival', state: 'recorded' },
        { subject: 'arrival', state: 'taken_in' },
        { subject: 'upload', state: 'stored' },
      ),
      false,
    );
    expect(plan.steps.map(({ tone, current }) => [tone, current])).toEqual([
      ['done', false],
      ['done', false],
      ['done', false],
      ['done', false],
    ]);
    expect(plan.toCome).toEqual([]);
  });

  it('says nothing of an empty timeline', () => {
    expect(planSteps([], false)).toEqual({ steps: [], toCome: [], hidden: 0 });
  });
});
