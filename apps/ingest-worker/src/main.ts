import { readEnvironment } from './env.ts';
import { unobserved } from './run-points.ts';
import { runWorker } from './run-worker.ts';

const worker = await runWorker(readEnvironment(), unobserved);

/** A process ends by itself when nothing is open any more. What a silent service holds open is left to the system. */
async function end(): Promise<void> {
  await worker.stop();
  setTimeout(() => process.exit(), 1_000).unref();
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
