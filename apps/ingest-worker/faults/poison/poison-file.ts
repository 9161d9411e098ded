import type { FileErrorCode, RejectCode, TableDefinition } from '@hikyaku/types';

/** A file that is wrong in one way, and what has to become of it. */
export interface PoisonFile {
  /** What is wrong with it. */
  name: string;
  fileName: string;
  bytes: Buffer;
  /** Detached, to lie beside it. */
  signature?: Buffer;
  /** Of the dataset it goes to; with the columns of `sampleDefinition`. */
  definition: TableDefinition;
  expected:
    | { state: 'refused' | 'failed'; causes: readonly FileErrorCode[] }
    | {
        state: 'taken_in';
        /** The good rows by key, as `name|amount|day`. */
        rows: ReadonlyMap<number, string>;
        /** How many lines are refused, or which, and why. */
        rejects: number | readonly (readonly [line: number, code: RejectCode])[];
      };
}
