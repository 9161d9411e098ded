import { readEnvironment } from './env.ts';
import { unobserved } from './run-points.ts';
import { runWorker } from './run-worker.ts';

const worker = await runWorker(readEnvironment(), unobserved);

/** Said: what a silent service holds open is left to the system, and nothing that is still there keeps the process. */
async function end(): Promise<void> {
  await worker.stop();
  process.exit();
}
process.on('SIGTERM', () => void end());
process.on('SIGINT', () => void end());
