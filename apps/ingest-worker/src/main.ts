import { readEnvironment } from './env.ts';
import { unobserved } from './run-points.ts';
import { runWorker } from './run-worker.ts';

const worker = await runWorker(readEnvironment(), unobserved);
process.on('SIGTERM', () => void worker.stop());
process.on('SIGINT', () => void worker.stop());
