import type { World } from '../world.ts';
import { writeAll } from './write-all.ts';

/** A line of the result, to standard output. False once nobody reads any more. */
export function printLine({ process: { stdout }, signal }: World, line: string): Promise<boolean> {
  return writeAll(stdout, `${line}\n`, signal);
}

/** For scripts: one document, or one a line where there may be any number. */
export function printJson(world: World, value: unknown, shape: 'document' | 'line' = 'document'): Promise<boolean> {
  return printLine(world, JSON.stringify(value, undefined, shape === 'document' ? 2 : undefined));
}

/** For people: what is going on, to standard error. */
export function note({ process: { stderr } }: World, line: string): void {
  stderr.write(`${line}\n`);
}
