import { join } from 'node:path';
import { readEnvironment } from './env.ts';
import { ownerUrl } from './owner-url.ts';
import { repositoryRoot } from './paths.ts';
import { generateDatabaseClient } from './prepare.ts';
import { runProgram } from './run-program.ts';

// `npm run datasets -- plan|apply [--accept-dangerous] <organization> <file>…`: brings datasets and their tables to what files
// define with `defineDataset()`, while `npm start` runs or on a database of your own.
try {
  await generateDatabaseClient();
  const command = join(repositoryRoot, 'apps/api/src/datasets/main.ts');
  const { exitCode } = await runProgram(process.execPath, [command, ...process.argv.slice(2)], {
    env: { DATABASE_OWNER_URL: await ownerUrl(readEnvironment()) },
    onOutput: (text) => void process.stdout.write(text),
  });
  process.exitCode = exitCode ?? 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
