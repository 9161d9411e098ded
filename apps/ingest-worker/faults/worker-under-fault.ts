import { readEnvironment } from '../src/env.ts';
import { runWorker } from '../src/run-worker.ts';
import { askingObserver } from './asking-observer.ts';

// The worker as it runs in production, but that it asks at each point whether it may go on.
const worker = await runWorker(readEnvironment(), askingObserver());
process.on('SIGTERM', () => void worker.stop().then(() => process.disconnect()));
// Nobody is left who could end it.
process.on('disconnect', () => process.exit());
