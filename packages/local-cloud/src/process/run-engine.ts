import { LocalCloudError } from '../local-cloud-error.ts';
import type { Part, PartFailed, PartName, PartState } from '../part.ts';

/** What one technology has to say; `runEngineAsPart` makes a Part of it. */
export interface Engine<Address> {
  name: PartName;
  technology: string;
  /** For people, in an error: "PostgreSQL did not start". */
  title: string;
  dataFolder: string;
  logFiles: string[];
  /** Only for an engine with processes of its own; one that lives in the supervisor ends with it. */
  recover?: () => Promise<void>;
  /** `shown` is the address without any secret. */
  start(): Promise<{ address: Address; shown: string }>;
  stop(options: { discard: boolean }): Promise<void>;
  processIds?: () => number[];
}

export interface RunningPart<Address> extends Part<Address> {
  /** Called by the engine when it ended without having been asked to. */
  failed(how: string): void;
}

/** Keeps the state that every part has, and makes every failure a LocalCloudError. */
export function runEngineAsPart<Address>(
  engine: Engine<Address>,
  onFailed: PartFailed = () => undefined,
): RunningPart<Address> {
  let state: PartState = 'stopped';
  let failure: string | undefined;
  let shown: string | undefined;

  return {
    name: engine.name,
    async recover() {
      await engine.recover?.();
    },
    async start() {
      // One of several processes may have ended while the others go on.
      if (state === 'failed') await engine.stop({ discard: false });
      state = 'starting';
      failure = undefined;
      try {
        const started = await engine.start();
        shown = started.shown;
        state = 'running';
        return started.address;
      } catch (error) {
        await engine.stop({ discard: false });
        state = 'failed';
        failure = error instanceof Error ? error.message : String(error);
        if (error instanceof LocalCloudError) throw error;
        const message = `${engine.title} did not start: ${failure}. See ${engine.logFiles.join(', ')}`;
        throw new LocalCloudError('part-failed', message, { part: engine.name, cause: error });
      }
    },
    async stop({ discard = false } = {}) {
      if (state === 'stopped') return;
      state = 'stopping';
      await engine.stop({ discard });
      state = 'stopped';
    },
    failed(how) {
      if (state !== 'running') return;
      state = 'failed';
      failure = `${engine.title} ended by itself: ${how}. See ${engine.logFiles.join(', ')}`;
      onFailed(engine.name, new LocalCloudError('part-failed', failure, { part: engine.name }));
    },
    report: () => ({
      name: engine.name,
      state,
      technology: engine.technology,
      ...(shown === undefined ? {} : { address: shown }),
      processIds: engine.processIds?.() ?? [],
      dataFolder: engine.dataFolder,
      logFiles: engine.logFiles,
      ...(failure === undefined ? {} : { failure }),
    }),
  };
}
