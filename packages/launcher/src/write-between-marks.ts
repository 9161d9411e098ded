import { readFile, writeFile } from 'node:fs/promises';
import { LauncherError } from './launcher-error.ts';
import { runProgram } from './run-program.ts';

/** Puts `text` where a document says that `npm run <command>` writes, and formats the document. */
export async function writeBetweenMarks(document: string, command: string, text: string): Promise<void> {
  const mark = { begin: `<!-- npm run ${command} writes from here -->`, end: '<!-- to here -->' };
  const found = await readFile(document, 'utf8');
  const begin = found.indexOf(mark.begin) + mark.begin.length;
  const end = found.indexOf(mark.end, begin);
  if (begin < mark.begin.length || end < begin) throw new LauncherError(`The marks are gone from ${document}`);
  await writeFile(document, `${found.slice(0, begin)}\n\n${text}\n\n${found.slice(end)}`);
  await runProgram('oxfmt', [document]);
}
