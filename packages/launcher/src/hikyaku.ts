import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { repositoryRoot } from './paths.ts';

// `npm run hikyaku -- put …`: the command of apps/cli, as it stands here, in the folder where it was called.
const main = join(repositoryRoot, 'apps/cli/src/main.ts');
const child = spawn(process.execPath, [main, ...process.argv.slice(2)], {
  cwd: process.env['INIT_CWD'] ?? repositoryRoot,
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
