import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import type { World } from '../../world.ts';

/** A line from the terminal; undefined where there is none to ask on. */
export async function askText(
  { stdin, process: { stderr }, signal }: World,
  question: string,
): Promise<string | undefined> {
  if (!stdin.isTTY) return undefined;
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    // It takes Ctrl-C for itself otherwise.
    lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    return (await lines.question(question, { signal })).trim();
  } finally {
    lines.close();
  }
}

/** A line that the terminal doesn't show; all of standard input where that is no terminal. */
export async function askSecret({ stdin, process: { stderr }, signal }: World, question: string): Promise<string> {
  if (!stdin.isTTY) return (await text(stdin)).trim();
  stderr.write(question);
  // Reads line by line as ever, and what it would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    lines.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    return (await lines.question('', { signal })).trim();
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
