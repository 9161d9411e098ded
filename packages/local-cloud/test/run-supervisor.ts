// A child process for start-local-cloud.integration.test.ts: a supervisor that can be killed.
import { startLocalCloud } from '../src/index.ts';

const [dataFolder = ''] = process.argv.slice(2);
const cloud = await startLocalCloud({ dataFolder, postgresSettings: { fsync: 'off' } });
process.stdout.write(`${JSON.stringify(cloud.reports().flatMap(({ processIds }) => processIds))}\n`);
// The parts that live inside keep the process alive until it is killed.
