import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvironment } from './env.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './run-program.ts';

// `npm run pack`: the `hikyaku` command as one npm package, to install or to publish.
const { HIKYAKU_DATA_FOLDER: dataFolder } = readEnvironment();
const folder = join(dataFolder, 'package');
await mkdir(dataFolder, { recursive: true });
const steps: [string, string[]][] = [
  [process.execPath, [join(repositoryRoot, 'apps/cli/build/main.ts'), folder]],
  ['npm', ['pack', '--pack-destination', dataFolder, folder]],
];
for (const [program, args] of steps) {
  const { exitCode, output, stdout } = await runProgram(program, args);
  if (exitCode !== 0) {
    process.stderr.write(output);
    process.exit(1);
  }
  if (program === 'npm') process.stdout.write(`${join(dataFolder, stdout.trim().split('\n').at(-1) ?? '')}\n`);
}
