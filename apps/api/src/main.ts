import { createLogger } from '@hikyaku/telemetry';
import { readEnvironment } from './env.ts';
import { startApi } from './start-api.ts';

/** Whoever stops us kills us some seconds after asking: end by ourselves before, and say so. */
const longestStopMilliseconds = 4_500;

const env = readEnvironment();
const logger = createLogger({ service: 'api', level: env.LOG_LEVEL });
const api = await startApi(env, logger);

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  logger.info('stopping');
  setTimeout(() => {
    logger.error('not stopped in time');
    process.exit(1);
  }, longestStopMilliseconds).unref();
  await api.stop();
  logger.info('stopped');
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
