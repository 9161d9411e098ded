import { enableCompileCache } from 'node:module';
import { createStop } from './create-stop.ts';
import { readEnvironment } from './env.ts';
import { isClosedPipe } from './output/write-all.ts';

const environment = readEnvironment();
// What is loaded from here on is compiled once; a folder of this user's, for the system's temporary one is everybody's.
enableCompileCache(environment.cacheFolder);
const { runCli } = await import('./run-cli.ts');

const stop = createStop(process.stdin, (status) => process.exit(status));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stop.by(signal));
}
// Whoever reads us may go, as `head` does: what is left to say is of no interest to anybody.
process.stdout.on('error', (error) => {
  if (!isClosedPipe(error)) throw error;
});

const code = await runCli(process.argv.slice(2), { process, stdin: process.stdin, environment, signal: stop.signal });
// What is still open (a connection kept alive, a terminal that was read) keeps nobody waiting.
process.stdout.write('', () => process.exit(code));
