import type { Readable, Writable } from 'node:stream';
import type { CommandContext } from '@stricli/core';
import type { Locale } from '@hikyaku/types';
import type { Environment } from './env.ts';

/** Standard output or error. */
type Output = Writable & { isTTY?: boolean; columns?: number };

export type Input = Readable & { isTTY?: boolean; setRawMode?: (isRaw: boolean) => unknown };

/** What a command is given beside its arguments. */
export interface World extends CommandContext {
  readonly process: { readonly stdout: Output; readonly stderr: Output };
  readonly stdin: Input;
  readonly environment: Environment;
  readonly locale: Locale;
  /** Aborted with `Stopped`. */
  readonly signal: AbortSignal;
}
