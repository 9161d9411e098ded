import type { Preflight } from '@hikyaku/preflight/browser';
import { type DatasetSummary, fileNameEndings, type PreflightFinding, type ReadingRules } from '@hikyaku/types';
import type { FileToQueue } from '@hikyaku/upload-client';
import type { HeldFile, PassedFile, PreflightSnapshot } from './held-file.ts';

/** Beyond so many files at once nobody decides about each. */
const mostSingle = 20;
/** Of many files the sound ones are handed on in groups. */
const groupSize = 50;
/** Passed files that are named. */
const mostPassed = 5;
const progressMilliseconds = 150;

/** What files are sent by once nobody holds them any more. */
type Send = (files: readonly FileToQueue[]) => void;

export interface PreflightDeskParts {
  loadRules: (datasetSlug: string) => Promise<ReadingRules>;
  /** Called with the first file to look at; again where it failed. */
  openPreflight: () => Promise<Preflight>;
  /** After so long a file is sent unseen: it may lie on a share that hangs, and nobody be there. 20,000 by default. */
  patienceMilliseconds?: number;
}

/** Looks at files before they are sent: a sound one goes on by itself, another waits for a person's word. */
export interface PreflightDesk {
  take(files: readonly FileToQueue[], dataset: DatasetSummary, send: Send): void;
  sendAsTheyAre(ids: readonly string[]): void;
  discard(ids: readonly string[]): void;
  checkWhole(id: string): void;
  stopChecking(id: string): void;
  /** The first rows of a held file in an encoding of one's choice. */
  preview: (held: HeldFile, encoding: Parameters<Preflight['preview']>[2]) => ReturnType<Preflight['preview']>;
  dismissPassed(): void;
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => PreflightSnapshot;
}

interface Entry {
  held: HeldFile;
  send: Send;
  stop: AbortController;
}

export function createPreflightDesk(parts: PreflightDeskParts): PreflightDesk {
  const { loadRules, openPreflight, patienceMilliseconds = 20_000 } = parts;
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let passed: readonly PassedFile[] = [];
  let many: { looked: number; total: number } | null = null;
  let snapshot: PreflightSnapshot = { held: [], passed, many };
  let preflight: Promise<Preflight> | undefined;
  let taken = 0;

  const announce = () => {
    const held = Array.from(entries.values(), (entry) => entry.held);
    snapshot = { held: held.filter(({ isOfMany, state }) => !isOfMany || state !== 'looking'), passed, many };
    for (const listener of listeners) listener();
  };
  const change = (id: string, changes: Partial<HeldFile>) => {
    const entry = entries.get(id);
    if (!entry) return;
    entry.held = { ...entry.held, ...changes };
    // Of many the groups are told.
    if (!entry.held.isOfMany) announce();
  };
  const open = () => (preflight ??= openPreflight());
  /** The next file gets another one: this one's script did not come, or it has broken. */
  const closePreflight = () => {
    const broken = preflight;
    preflight = undefined;
    void broken?.then(
      (opened) => opened.close(),
      () => undefined,
    );
  };

  /** Takes files out of what is held; each only once, whoever comes first. */
  const release = (ids: readonly string[]): Entry[] => {
    const released = ids.flatMap((id) => entries.get(id) ?? []);
    for (const id of ids) entries.delete(id);
    return released;
  };
  const handOn = (ids: readonly string[]) => {
    const released = release(ids);
    for (const send of new Set(released.map((entry) => entry.send))) {
      send(released.filter((entry) => entry.send === send).map((entry) => entry.held.toQueue));
    }
    announce();
  };
  const drop = (ids: readonly string[]) => {
    for (const { stop } of release(ids)) stop.abort();
    announce();
  };

  /** Whether the file may go on; otherwise a person is asked. */
  const isSound = async ({ held, stop }: Entry, rules: ReadingRules): Promise<boolean> => {
    try {
      const { file, fileName } = held;
      const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(patienceMilliseconds)]);
      const report = await (await open()).check(file, { fileName, rules, scope: 'head', signal });
      if (report.findings.some(({ level }) => level !== 'note')) {
        change(held.id, { state: 'asking', found: { report, rules } });
        return false;
      }
      notePassed(held, report.findings);
      return true;
    } catch {
      // It was to be advice: what can't be looked at is sent, and the worker decides.
      if (!stop.signal.aborted) closePreflight();
      return true;
    }
  };
  const notePassed = ({ id, fileName }: HeldFile, findings: readonly PreflightFinding[]) => {
    const closed = findings.find(({ code }) => code === 'not-looked-into');
    if (closed?.code !== 'not-looked-into' || passed.length === mostPassed) return;
    passed = [...passed, { id, fileName, form: closed.form }];
  };

  const lookAtAll = async (ids: readonly string[], datasetSlug: string) => {
    const isOfMany = ids.length > mostSingle;
    const rules = await loadRules(datasetSlug).catch(() => undefined);
    if (!rules) {
      if (many && isOfMany) many = { ...many, looked: many.looked + ids.length };
      handOn(ids);
      return;
    }
    for (let first = 0; first < ids.length; first += isOfMany ? groupSize : 1) {
      const group = ids.slice(first, isOfMany ? first + groupSize : first + 1);
      const sound: string[] = [];
      for (const id of group) {
        const entry = entries.get(id);
        if (entry && (await isSound(entry, rules))) sound.push(id);
      }
      if (many && isOfMany) many = { ...many, looked: many.looked + group.length };
      handOn(sound);
    }
  };

  const begin = async (files: readonly FileToQueue[], dataset: DatasetSummary, send: Send) => {
    const isOfMany = files.length > mostSingle;
    passed = [];
    if (isOfMany) many = { looked: many?.looked ?? 0, total: (many?.total ?? 0) + files.length };
    const ids = files.map((toQueue) => {
      const id = `held-${++taken}`;
      const { file } = toQueue;
      const fileName = toQueue.name ?? file.name;
      const held: HeldFile = { id, file, fileName, toQueue, state: 'looking', isOfMany, found: null, progress: null };
      entries.set(id, { held, send, stop: new AbortController() });
      return id;
    });
    announce();
    await lookAtAll(ids, dataset.slug);
    if (many?.looked === many?.total) many = null;
    announce();
  };

  return {
    take(files, dataset, send) {
      const { looked = [], others = [] } = Object.groupBy(files, ({ file }) =>
        canLookAt(file, dataset) ? 'looked' : 'others',
      );
      if (others.length > 0) send(others);
      if (looked.length > 0) void begin(looked, dataset, send);
    },
    sendAsTheyAre(ids) {
      for (const id of ids) entries.get(id)?.stop.abort();
      handOn(ids);
    },
    discard: drop,
    checkWhole(id) {
      const entry = entries.get(id);
      if (!entry?.held.found) return;
      void checkWhole(entry, entry.held.found.rules);
    },
    stopChecking(id) {
      entries.get(id)?.stop.abort();
      change(id, { state: 'asking', progress: null });
    },
    preview: async ({ file, found }, encoding) => (found ? (await open()).preview(file, found.rules, encoding) : null),
    dismissPassed() {
      passed = [];
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
  };

  async function checkWhole(entry: Entry, rules: ReadingRules): Promise<void> {
    const { id, file, fileName } = entry.held;
    const stop = new AbortController();
    entry.stop = stop;
    change(id, { state: 'checking', progress: null });
    let told = 0;
    try {
      const report = await (
        await open()
      ).check(file, {
        fileName,
        rules,
        scope: 'whole',
        signal: stop.signal,
        onProgress(progress) {
          if (stop.signal.aborted || performance.now() - told < progressMilliseconds) return;
          told = performance.now();
          change(id, { progress });
        },
      });
      change(id, { state: 'asking', found: { report, rules }, progress: null });
    } catch {
      // What was found before still holds.
      if (!stop.signal.aborted) change(id, { state: 'asking', progress: null });
    }
  }
}

/** Of the rest the queue itself says what is wrong, or nothing is to be said. */
function canLookAt({ name, size }: File, { format, maxFileBytes }: DatasetSummary): boolean {
  const isNamed = fileNameEndings(format).some((ending) => name.toLowerCase().endsWith(ending));
  return isNamed && size > 0 && size <= maxFileBytes;
}
