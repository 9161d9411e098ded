import type { PreflightProgress, PreflightReport } from '@hikyaku/preflight';
import type { Preflight } from '@hikyaku/preflight/browser';
import { type DatasetSummary, fileNameEndings, type ReadingRules, untilAborted } from '@hikyaku/types';
import type { FileToQueue } from '@hikyaku/upload-client';
import { createGroups } from './create-groups.ts';
import type { HeldFile, PassedFile, PreflightSnapshot } from './held-file.ts';
import { inTurn } from './in-turn.ts';

/** Beyond so many files at once nobody decides about each. */
const mostSingle = 20;
/** Of many files the sound ones are handed on in groups. */
const groupsOfMany = { size: 50, milliseconds: 250 };
const oneByOne = { size: 1, milliseconds: 0 };
/** Files that are looked at side by side. */
const atOnce = 4;
/** After so many files that were waited for in vain, the others of their drop lie where nothing is read. */
const mostHung = 8;
/** Passed files that are named. */
const mostPassed = 5;
const progressMilliseconds = 150;

/** What files are sent by once nobody holds them any more. */
type Send = (files: readonly FileToQueue[]) => void;

export interface PreflightDeskParts {
  loadRules: (datasetSlug: string) => Promise<ReadingRules>;
  /** Called with the first file to look at; again where it failed. What it gives heals itself. */
  openPreflight: () => Promise<Preflight>;
  /**
   * After so long a file is sent unseen: it may lie on a share that hangs, and nobody be there. From the moment it is its
   * turn, with all that has to be loaded first. 20,000 by default.
   */
  patienceMilliseconds?: number;
  /** After so long a file that is still looked at makes room for the next. 1,000 by default. */
  turnMilliseconds?: number;
}

/** Looks at files before they are sent: a sound one goes on by itself, another waits for a person's word. */
export interface PreflightDesk {
  take(files: readonly FileToQueue[], dataset: DatasetSummary, send: Send): void;
  sendAsTheyAre(ids: readonly string[]): void;
  discard(ids: readonly string[]): void;
  /** One of many stands for itself from now on, with all that is to be found about it. */
  lookCloser(id: string): void;
  checkWhole(id: string): void;
  stopChecking(id: string): void;
  /** The first rows of a held file in an encoding of one's choice. Rejects where they can't be read, or not in time. */
  preview: (held: HeldFile, encoding: Parameters<Preflight['preview']>[2]) => ReturnType<Preflight['preview']>;
  dismissPassed(): void;
  subscribe: (listener: () => void) => () => void;
  getSnapshot: () => PreflightSnapshot;
}

interface Entry {
  held: HeldFile;
  send: Send;
  stop: AbortController;
  /** The dataset's, asked for once for all files that came with this one. */
  rules: Promise<ReadingRules>;
  mostBytes: number;
}

type Scope = Parameters<Preflight['check']>[1]['scope'];

export function createPreflightDesk(parts: PreflightDeskParts): PreflightDesk {
  const { loadRules, openPreflight, patienceMilliseconds = 20_000, turnMilliseconds = 1_000 } = parts;
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let passed: readonly PassedFile[] = [];
  let passedCount = 0;
  let many: { looked: number; total: number } | null = null;
  let snapshot: PreflightSnapshot = { held: [], passed, passedCount, many };
  let preflight: Promise<Preflight> | undefined;
  let taken = 0;

  const announce = () => {
    const held = Array.from(entries.values(), (entry) => entry.held);
    const told = held.filter(({ isOfMany, state }) => !isOfMany || state !== 'looking');
    snapshot = { held: told, passed, passedCount, many };
    for (const listener of listeners) listener();
  };
  const change = (id: string, changes: Partial<HeldFile>) => {
    const entry = entries.get(id);
    if (!entry) return;
    entry.held = { ...entry.held, ...changes };
    // Of many the groups are told.
    if (!entry.held.isOfMany) announce();
  };
  const open = () => {
    preflight ??= openPreflight().catch((error: unknown) => {
      preflight = undefined;
      throw error;
    });
    return preflight;
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

  const check = async (
    { held: { file, fileName, isOfMany }, rules }: Entry,
    scope: Scope,
    signal: AbortSignal,
    onProgress?: (progress: PreflightProgress) => void,
  ): Promise<{ report: PreflightReport; rules: ReadingRules }> => {
    const known = await rules;
    const options = { fileName, rules: known, scope, signal, ...(onProgress && { onProgress }) };
    const report = await (await open()).check(file, isOfMany ? { ...options, mostFaults: 0 } : options);
    return { report, rules: known };
  };
  const patiently = (stop: AbortController) =>
    AbortSignal.any([stop.signal, AbortSignal.timeout(patienceMilliseconds)]);

  /** What looking at a file means for it: `hung` and `unseen` ones are sent, for it was to be advice and the worker decides. */
  const look = async (entry: Entry): Promise<'sound' | 'asking' | 'unseen' | 'hung'> => {
    const { held, stop, mostBytes } = entry;
    // Asked when it is its turn: the sizes of thousands at once would hold the page for seconds.
    const { size } = held.file;
    if (size === 0 || size > mostBytes) return 'sound';
    const signal = patiently(stop);
    try {
      const found = await untilAborted(check(entry, 'head', signal), signal);
      const { findings, isClean } = found.report;
      if (!isClean) {
        const [headline = null] = findings;
        change(held.id, { state: 'asking', headline, found: held.isOfMany ? null : found });
        return 'asking';
      }
      for (const finding of findings) if (finding.code === 'not-looked-into') notePassed(held, finding.form);
      return 'sound';
    } catch {
      if (stop.signal.aborted) return 'sound';
      notePassed(held, 'unseen');
      return signal.aborted ? 'hung' : 'unseen';
    }
  };
  const lookUnless = async (isVain: boolean, entry: Entry): ReturnType<typeof look> => {
    if (!isVain) return look(entry);
    notePassed(entry.held, 'unseen');
    return 'unseen';
  };
  const notePassed = ({ id, fileName }: HeldFile, why: PassedFile['why']) => {
    passedCount += 1;
    const all = [...passed, { id, fileName, why }];
    const { unseen = [], closed = [] } = Object.groupBy(all, (one) => (one.why === 'unseen' ? 'unseen' : 'closed'));
    passed = [...unseen, ...closed].slice(0, mostPassed);
  };
  const forgetPassed = () => {
    passed = [];
    passedCount = 0;
  };

  const lookAtAll = async (ids: readonly string[], isOfMany: boolean) => {
    const groups = createGroups<{ id: string; isAsking: boolean }>(
      (looked) => {
        if (many && isOfMany) many = { ...many, looked: many.looked + looked.length };
        handOn(looked.flatMap(({ id, isAsking }) => (isAsking ? [] : id)));
      },
      isOfMany ? groupsOfMany : oneByOne,
    );
    let hung = 0;
    const lookAt = async (id: string) => {
      const entry = entries.get(id);
      // Whoever did not want to wait has sent it, or let it be.
      const outcome = entry ? await lookUnless(hung >= mostHung, entry) : 'sound';
      if (outcome === 'hung') hung++;
      groups.add({ id, isAsking: outcome === 'asking' });
    };
    await inTurn(ids, lookAt, { atOnce, turnMilliseconds, mostUnderWay: atOnce + mostHung });
    groups.flush();
  };

  const begin = async (files: readonly FileToQueue[], dataset: DatasetSummary, send: Send) => {
    const isOfMany = files.length > mostSingle;
    const rules = loadRules(dataset.slug);
    const mostBytes = dataset.maxFileBytes;
    // Who asks for them is told.
    rules.catch(() => undefined);
    if (entries.size === 0) forgetPassed();
    if (isOfMany) many = { looked: many?.looked ?? 0, total: (many?.total ?? 0) + files.length };
    const ids = files.map((toQueue) => {
      const id = `held-${++taken}`;
      const fileName = toQueue.name ?? toQueue.file.name;
      entries.set(id, {
        held: heldFile(id, fileName, toQueue, isOfMany),
        send,
        stop: new AbortController(),
        rules,
        mostBytes,
      });
      return id;
    });
    announce();
    await lookAtAll(ids, isOfMany);
    if (many?.looked === many?.total) many = null;
    announce();
  };

  /** On a person's wish: what can't be looked at is told them, and what was found before still holds. */
  const lookAgain = async (id: string, scope: Scope) => {
    const entry = entries.get(id);
    if (!entry) return;
    const stop = new AbortController();
    entry.stop = stop;
    const isWhole = scope === 'whole';
    // All of a large file takes its time; whoever waits for it can stop it.
    const signal = isWhole ? stop.signal : patiently(stop);
    change(id, { state: isWhole ? 'checking' : 'looking', isOfMany: false, progress: null, hasFailed: false });
    let told = 0;
    const onProgress = (progress: PreflightProgress) => {
      if (stop.signal.aborted || performance.now() - told < progressMilliseconds) return;
      told = performance.now();
      change(id, { progress });
    };
    try {
      const found = await untilAborted(check(entry, scope, signal, onProgress), signal);
      const [headline = null] = found.report.findings;
      change(id, { state: 'asking', headline, found, progress: null });
    } catch {
      if (!stop.signal.aborted) change(id, { state: 'asking', progress: null, hasFailed: true });
    }
  };

  return {
    take(files, dataset, send) {
      const { looked = [], others = [] } = Object.groupBy(files, ({ file }) =>
        isNamedFor(file, dataset) ? 'looked' : 'others',
      );
      if (others.length > 0) send(others);
      if (looked.length > 0) void begin(looked, dataset, send);
    },
    sendAsTheyAre(ids) {
      for (const id of ids) entries.get(id)?.stop.abort();
      handOn(ids);
    },
    discard(ids) {
      for (const { stop } of release(ids)) stop.abort();
      announce();
    },
    lookCloser: (id) => void lookAgain(id, 'head'),
    checkWhole: (id) => void lookAgain(id, 'whole'),
    stopChecking(id) {
      entries.get(id)?.stop.abort();
      change(id, { state: 'asking', progress: null });
    },
    async preview({ file, found }, encoding) {
      if (!found) return null;
      const reading = open().then((opened) => opened.preview(file, found.rules, encoding));
      return untilAborted(reading, AbortSignal.timeout(patienceMilliseconds));
    },
    dismissPassed() {
      forgetPassed();
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getSnapshot: () => snapshot,
  };
}

function heldFile(id: string, fileName: string, toQueue: FileToQueue, isOfMany: boolean): HeldFile {
  const { file } = toQueue;
  return {
    id,
    file,
    fileName,
    toQueue,
    state: 'looking',
    isOfMany,
    headline: null,
    found: null,
    progress: null,
    hasFailed: false,
  };
}

/** Of the rest the queue itself says what is wrong, or nothing is to be said; so it does of an empty file, or one too large. */
function isNamedFor({ name }: File, { format }: DatasetSummary): boolean {
  return fileNameEndings(format).some((ending) => name.toLowerCase().endsWith(ending));
}
