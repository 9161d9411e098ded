import { enableCompileCache } from 'node:module';
import { readEnvironment } from './env.ts';
import { type StopSignal, Stopped, signalExitCode } from './exit-code.ts';
import { isClosedPipe } from './output/write-all.ts';

const environment = readEnvironment();
// What is loaded from here on is compiled once; a folder of this user's, for the system's temporary one is everybody's.
enableCompileCache(environment.cacheFolder);
const { runCli } = await import('./run-cli.ts');

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopBy(signal));
}
// Whoever reads us may go, as `head` does: what is left to say is of no interest to anybody.
process.stdout.on('error', (error) => {
  if (!isClosedPipe(error)) throw error;
});

const code = await runCli(process.argv.slice(2), { process, stdin: process.stdin, environment, signal: stop.signal });
// What is still open (a connection kept alive, a terminal that was read) keeps nobody waiting.
process.stdout.write('', () => process.exit(code));

/** The first time what is under way is put in order; the second time nobody waits for that. */
function stopBy(signal: StopSignal): void {
  if (stop.signal.aborted) process.exit(signalExitCode[signal]);
  stop.abort(new Stopped(signal));
}
