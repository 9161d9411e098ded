import { LocalCloudError } from './local-cloud-error.ts';
import type { Part, PartName, PartReport } from './part.ts';
import { sendSignal } from './process/stop-process.ts';
import { writeCloudState } from './state-file.ts';

export interface Supervisor {
  /** `started` gets the address at every start; parts named in `startAfter` that were not added are ignored. */
  add<Address>(
    part: Part<Address>,
    options: { startAfter: readonly PartName[]; started: (address: Address) => void },
  ): void;
  /** Starts all, in their order; when one fails it stops the others and throws the first failure. */
  start(): Promise<void>;
  stop(options?: { discard?: boolean }): Promise<void>;
  startPart(name: PartName): Promise<void>;
  stopPart(name: PartName): Promise<void>;
  killPart(name: PartName, signal: NodeJS.Signals): void;
  reports(): PartReport[];
  /** To be called when a part changed by itself: writes the state for `status`. */
  noteChange(): void;
}

interface Member {
  name: PartName;
  startAfter: readonly PartName[];
  recover(): Promise<void>;
  start(): Promise<void>;
  stop(options: { discard: boolean }): Promise<void>;
  report(): PartReport;
}

/** Starts, watches and stops parts, knowing nothing about them but the port they fit. */
export function createSupervisor(options: { dataFolder: string }): Supervisor {
  const members = new Map<PartName, Member>();
  let isRunning = false;
  let stopped: Promise<void> | undefined;
  let written = Promise.resolve();

  const reports = () => [...members.values()].map((member) => member.report());
  const writeState = () => {
    written = written.then(() => writeCloudState(options.dataFolder, { isRunning, parts: reports() }));
    return written;
  };
  const get = (name: PartName): Member => {
    const member = members.get(name);
    if (member !== undefined) return member;
    throw new LocalCloudError('part-missing', `This local cloud does not run ${name}.`, { part: name });
  };

  const startAll = async () => {
    const starts = new Map<PartName, Promise<void>>();
    for (const member of members.values()) {
      const before = member.startAfter.flatMap((name) => starts.get(name) ?? []);
      const start = Promise.all(before).then(() => member.start());
      starts.set(member.name, start);
    }
    // All must have settled before anything is stopped, or a late one would outlive us.
    const results = await Promise.allSettled(starts.values());
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  };

  const stopAll = async (discard: boolean) => {
    const stops = new Map<PartName, Promise<void>>();
    for (const member of [...members.values()].toReversed()) {
      const dependents = [...members.values()].filter(({ startAfter }) => startAfter.includes(member.name));
      const before = dependents.flatMap(({ name }) => stops.get(name) ?? []);
      stops.set(
        member.name,
        Promise.allSettled(before).then(() => member.stop({ discard })),
      );
    }
    await Promise.all(stops.values());
    isRunning = false;
    await writeState();
  };

  return {
    add(part, { startAfter, started }) {
      members.set(part.name, {
        name: part.name,
        startAfter,
        recover: () => part.recover(),
        start: async () => started(await part.start()),
        stop: (stopOptions) => part.stop(stopOptions),
        report: () => part.report(),
      });
    },
    async start() {
      // Leftovers hold ports, so all of them go before the first port is chosen.
      for (const member of members.values()) await member.recover();
      isRunning = true;
      await writeState();
      try {
        await startAll();
        await writeState();
      } catch (error) {
        await stopAll(false);
        throw error;
      }
    },
    stop({ discard = false } = {}) {
      stopped ??= stopAll(discard);
      return stopped;
    },
    async startPart(name) {
      await get(name).start();
      await writeState();
    },
    async stopPart(name) {
      await get(name).stop({ discard: false });
      await writeState();
    },
    killPart(name, signal) {
      for (const pid of get(name).report().processIds) sendSignal(pid, signal);
    },
    reports,
    noteChange() {
      void writeState();
    },
  };
}
