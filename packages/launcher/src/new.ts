import { LauncherError } from './launcher-error.ts';
import { generate } from './generators/generate.ts';
import { type GeneratorName, generators } from './generators/generators.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './run-program.ts';

// `npm run new -- package share-links "short links and their audit"`, `npm run new -- procedure files.rename mutation operator`.
const usage = Object.entries(generators)
  .map(([name, answers]) => `  npm run new -- ${name} ${answers.map((answer) => `<${answer}>`).join(' ')}`)
  .join('\n');

try {
  const [name, ...answers] = process.argv.slice(2);
  if (!isGenerator(name)) throw new LauncherError(`Usage:\n${usage}`);
  const files = await generate(repositoryRoot, name, answers);
  process.stdout.write(`${files.map((file) => `  ${file}`).join('\n')}\n`);
  if (name === 'package') await linkNewPackage();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** The bootstrap has put the pinned pnpm on the PATH. */
async function linkNewPackage(): Promise<void> {
  const { exitCode, output } = await runProgram('pnpm', ['install', '--prefer-offline', '--reporter=silent']);
  if (exitCode !== 0) throw new LauncherError(`The new package could not be installed:\n${output}`);
  process.stdout.write('  pnpm-lock.yaml\n');
}

function isGenerator(name: string | undefined): name is GeneratorName {
  return name !== undefined && Object.hasOwn(generators, name);
}
