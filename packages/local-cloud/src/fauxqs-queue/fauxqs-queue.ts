import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Part } from '../part.ts';
import type { PortBook } from '../port-book.ts';
import { createPartLog } from '../process/part-log.ts';
import { runEngineAsPart } from '../process/run-engine.ts';
import { localRegion } from '../rados-gateway/rados-gateway.ts';
import { openFauxqs } from './open-fauxqs.ts';

export interface SqsAddress {
  endpoint: string;
  region: string;
}

/** The account number in the queue ARNs and URLs of fauxqs. */
export const localAccountId = '000000000000';

/** SQS by fauxqs inside this process, on loopback, messages in SQLite. It checks no signature. */
export function createFauxqsQueue(options: { folder: string; logFolder: string; ports: PortBook }): Part<SqsAddress> {
  const logFile = join(options.logFolder, 'fauxqs.log');
  let close: (() => Promise<void>) | undefined;

  return runEngineAsPart({
    name: 'sqs',
    technology: 'fauxqs',
    title: 'The queue',
    dataFolder: options.folder,
    logFiles: [logFile],
    async start() {
      const port = await options.ports.choose('sqs');
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      const log = createPartLog(logFile);
      close = await openFauxqs({ dataFolder: options.folder, port, region: localRegion, log });
      const endpoint = `http://127.0.0.1:${port}`;
      log(`listening on ${endpoint}`);
      return { address: { endpoint, region: localRegion }, shown: endpoint };
    },
    async stop() {
      await close?.();
      close = undefined;
    },
  });
}
