import type { FileStateTone, TimelineStep } from '@hikyaku/texts';
import type { TimelineEntry } from '@hikyaku/types';

export interface PlannedStep {
  entry: TimelineEntry;
  tone: FileStateTone;
  /** Says how the file stands: the newest, as a rule. */
  decides: boolean;
  /** The step that is going on now. */
  current: boolean;
  /** Until the next step shown began; null for the last. */
  durationSeconds: number | null;
}

export interface PlannedTimeline {
  steps: PlannedStep[];
  /** What a file that goes well has yet to pass. */
  toCome: TimelineStep[];
  /** Transitions left out, which `every` shows. */
  hidden: number;
}

/**
 * A file's transitions as steps for people: the milestones, or every one. A transition that only repeats what its
 * neighbour says is no milestone, but the one that says how the file stands is always shown. S3's event may overtake the
 * sender's own "stored", so of a file with an arrival the upload no longer says how it stands.
 */
export function planSteps(timeline: readonly TimelineEntry[], every: boolean): PlannedTimeline {
  const deciding = timeline.findLast((entry) => entry.subject !== 'upload') ?? timeline.at(-1);
  const shown = timeline.filter((entry) => every || entry === deciding || isMilestone(entry));
  const steps = shown.map((entry, index): PlannedStep => {
    const next = shown[index + 1];
    const decides = entry === deciding;
    const tone = toneOf(entry, decides);
    return {
      entry,
      tone,
      decides,
      current: decides && (tone === 'working' || tone === 'waiting') && !isEnd(entry),
      durationSeconds: next && !isEnd(entry) ? secondsBetween(entry.at, next.at) : null,
    };
  });
  return { steps, toCome: toComeAfter(deciding), hidden: timeline.filter((entry) => !isMilestone(entry)).length };
}

const milestones = {
  upload: {
    created: true,
    uploading: false,
    completing: false,
    stored: true,
    refused: true,
    aborted: true,
    expired: true,
  },
  arrival: {
    recorded: true,
    waiting: true,
    queued: false,
    running: false,
    taken_in: true,
    stored: true,
    duplicate: true,
    same_content: true,
    stale: true,
    superseded: true,
    refused: true,
    quarantined: true,
    unrouted: true,
    failed: true,
  },
  run: {
    claimed: false,
    scanning: true,
    loading: true,
    validating: true,
    waiting_for_lock: true,
    merging: true,
    committed: false,
    rejected: false,
    failed: true,
    released: true,
    skipped: false,
  },
} as const satisfies { [S in TimelineEntry['subject']]: Record<StateOf<S>, boolean> };

type StateOf<S extends TimelineEntry['subject']> = Extract<TimelineEntry, { subject: S }>['state'];

function isMilestone(entry: TimelineEntry): boolean {
  // Somebody put it in line again.
  if (entry.subject === 'arrival' && entry.state === 'queued' && entry.actor !== null) return true;
  const ofSubject: Readonly<Record<string, boolean>> = milestones[entry.subject];
  return ofSubject[entry.state] ?? true;
}

function toneOf(entry: TimelineEntry, decides: boolean): FileStateTone {
  switch (entry.state) {
    case 'refused':
    case 'quarantined':
    case 'failed':
    case 'rejected':
      return 'act';
    case 'unrouted':
      return 'waiting';
    case 'duplicate':
    case 'same_content':
    case 'stale':
    case 'superseded':
    case 'aborted':
    case 'expired':
      return 'skipped';
    case 'taken_in':
      return 'done';
    case 'released':
    case 'waiting':
    case 'waiting_for_lock':
      return decides ? 'waiting' : 'done';
    case 'stored':
      return decides && entry.subject === 'upload' ? 'working' : 'done';
    default:
      return decides ? 'working' : 'done';
  }
}

/** Nothing follows by itself. */
function isEnd(entry: TimelineEntry): boolean {
  if (entry.subject === 'run') return false;
  const going = ['created', 'uploading', 'completing', 'recorded', 'waiting', 'queued', 'running'];
  return !going.includes(entry.state) && !(entry.subject === 'upload' && entry.state === 'stored');
}

const goodWay = [
  { subject: 'upload', state: 'created' },
  { subject: 'upload', state: 'stored' },
  { subject: 'arrival', state: 'recorded' },
  { subject: 'run', state: 'loading' },
  { subject: 'run', state: 'validating' },
  { subject: 'run', state: 'merging' },
  { subject: 'arrival', state: 'taken_in' },
] as const satisfies TimelineStep[];

/** How many stations of the good way a transition that is none of them has passed. */
const passed: Readonly<Record<string, number>> = {
  'upload uploading': 1,
  'upload completing': 1,
  'arrival waiting': 3,
  'arrival queued': 3,
  'arrival running': 3,
  'run claimed': 3,
  'run scanning': 3,
  'run released': 3,
  'run waiting_for_lock': 5,
  'run committed': 6,
  'run skipped': 6,
};

function toComeAfter(last: TimelineEntry | undefined): TimelineStep[] {
  if (!last || isEnd(last)) return [];
  const at = goodWay.findIndex((station) => station.subject === last.subject && station.state === last.state);
  return goodWay.slice(at === -1 ? (passed[`${last.subject} ${last.state}`] ?? goodWay.length) : at + 1);
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}
