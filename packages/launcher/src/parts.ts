import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readEnvironment } from './env.ts';
import { repositoryRoot } from './paths.ts';

// `npm run parts -- status` and `npm run parts -- logs <part> [--follow]`: the embedded parts of `npm start`.
const command = join(repositoryRoot, 'packages/local-cloud/src/command.ts');
const dataFolder = join(readEnvironment().HIKYAKU_DATA_FOLDER, 'local-cloud');
const child = spawn(process.execPath, [command, ...process.argv.slice(2), '--data-folder', dataFolder], {
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
