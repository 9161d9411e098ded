/** What the local cloud is made of. Each stands for one AWS service. */
export const partNames = ['s3', 'postgres', 'sqs', 'events', 'mail', 'redis'] as const;

export type PartName = (typeof partNames)[number];

/** What is needed to run Hikyaku; a queue on Redis instead of PostgreSQL is a choice. */
export const neededParts = ['s3', 'postgres', 'sqs', 'events', 'mail'] as const satisfies PartName[];

export type PartState = 'stopped' | 'starting' | 'running' | 'stopping' | 'failed';

/** What `status` shows of a part. Holds no secret. */
export interface PartReport {
  name: PartName;
  state: PartState;
  /** Which program takes the place, for instance `rados-gateway`. */
  technology: string;
  /** Where it answers; absent before its first start. */
  address?: string;
  /** Child processes; empty for a part that lives inside the supervisor. */
  processIds: number[];
  dataFolder: string;
  /** The first one is what `logs` shows unless another is named. */
  logFiles: string[];
  /** Why it failed, for a developer. */
  failure?: string;
}

/**
 * The port that every engine fits. The supervisor knows nothing else about it, so another engine may take a place.
 *
 * `recover` → `start` → (`onFailed`, should it die by itself) → `stop`; `start` may follow `stop` or a failure.
 */
export interface Part<Address> {
  readonly name: PartName;
  /** Ends what a supervisor that was killed left running on the same data. Does nothing when there is nothing. */
  recover(): Promise<void>;
  /** Resolves when the part answers requests. Throws a LocalCloudError. */
  start(): Promise<Address>;
  /** Resolves when nothing of it runs any more; safe to call twice. `discard` may lose data, for clouds that are thrown away. */
  stop(options?: { discard?: boolean }): Promise<void>;
  report(): PartReport;
}

/** Hears of a part that ended without having been asked to. */
export type PartFailed = (part: PartName, error: Error) => void;

/** Hears of the steps of a long start. */
export type PartProgress = (step: string) => void;
