import { fileURLToPath } from 'node:url';
import nodePlop from 'node-plop';
import { LauncherError } from '../launcher-error.ts';
import { runProgram } from '../run-program.ts';
import { addGenerators, type GeneratorName } from './generators.ts';

const templates = fileURLToPath(new URL('../../templates', import.meta.url)).replace(/\/$/, '');

/**
 * Writes a new package or procedure into the repository at `root`, formatted. Answers that are not given are asked for.
 *
 * @returns the files written and changed
 * @throws LauncherError where an answer doesn't fit or a file is there already
 */
export async function generate(root: string, name: GeneratorName, given: string[]): Promise<string[]> {
  const plop = await nodePlop('', { destBasePath: root, force: false });
  addGenerators(plop, templates);
  const generator = plop.getGenerator(name);
  const answers: Record<string, unknown> = await generator.runPrompts(given);
  const { changes, failures } = await generator.runActions(answers);
  const [failure] = failures;
  if (failure) throw new LauncherError(`${failure.path || name}: ${failure.error}`);
  // Of several files at once the first line counts them.
  const files = changes.flatMap(({ path }) =>
    path.split('\n').flatMap((line) => /^(?:.*-> )?\/(.+)/.exec(line)?.[1] ?? []),
  );
  await runProgram('oxfmt', ['.'], { cwd: root });
  return files;
}
