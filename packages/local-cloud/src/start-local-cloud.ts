import { mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { createLocalSqsClient } from './account/account-queues.ts';
import type { LocalCloudAddresses } from './addresses.ts';
import { attachLocalCloud, type AttachedCloud } from './attach-local-cloud.ts';
import { createEmbeddedPostgres, stopPostgresLeftovers } from './embedded-postgres/embedded-postgres.ts';
import { createEventBridge, eventHooks } from './event-bridge/event-bridge.ts';
import { createFauxqsQueue, localAccountId } from './fauxqs-queue/fauxqs-queue.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import { createSmtpMailCatcher } from './mail-catcher/smtp-mail-catcher.ts';
import { neededParts, type PartFailed, type PartName, type PartReport } from './part.ts';
import { openPortBook, type PortName } from './port-book.ts';
import { stopCephLeftovers } from './rados-gateway/ceph-daemons.ts';
import { createRadosGateway, localRegion } from './rados-gateway/rados-gateway.ts';
import { createRedisServer, stopRedisLeftovers } from './redis-server/redis-server.ts';
import { isSupervised, readCloudState } from './state-file.ts';
import { createSupervisor } from './supervisor.ts';

export interface StartLocalCloudOptions {
  /** Absolute; everything written lies under it and is kept between starts. */
  dataFolder: string;
  /** Absent or 0: the port of the last start where it is free, else a free one. */
  ports?: Partial<Record<PortName, number>>;
  /** Default: all that are needed. Leave out what is configured elsewhere. */
  parts?: ReadonlySet<PartName>;
  onProgress?: (event: { part: PartName; step: string }) => void;
  /** Hears of a part that ended by itself; the others go on. */
  onPartFailed?: PartFailed;
  /** Server settings of PostgreSQL by name, for instance `{ fsync: 'off' }` for a cloud that is thrown away. */
  postgresSettings?: Readonly<Record<string, string>>;
}

export interface LocalCloud extends AttachedCloud {
  reports(): PartReport[];
  /** For fault tests: an orderly stop of one part, which `startPart` ends. */
  stopPart(part: PartName): Promise<void>;
  /** Starts a stopped or failed part on its data, at the same address. */
  startPart(part: PartName): Promise<void>;
  /** For fault tests: a signal to the part's processes, without telling the part. */
  killPart(part: PartName, signal: NodeJS.Signals): void;
  /** Resolves when nothing runs any more; safe to call twice. `discard` is quicker and may lose data. */
  stop(options?: { discard?: boolean }): Promise<void>;
}

/** Starts the parts as children of this process. Throws a LocalCloudError, and then leaves nothing running. */
export async function startLocalCloud(options: StartLocalCloudOptions): Promise<LocalCloud> {
  const { dataFolder } = options;
  await claimDataFolder(dataFolder);
  const folders = partFolders(dataFolder);
  const supervisor = createSupervisor({ dataFolder });
  const shared = {
    logFolder: join(dataFolder, 'logs'),
    ports: await openPortBook({ file: join(dataFolder, 'ports.json'), requested: options.ports ?? {} }),
    onFailed: (part: PartName, error: Error) => {
      supervisor.noteChange();
      options.onPartFailed?.(part, error);
    },
  };
  const progressOf = (part: PartName) => (step: string) => options.onProgress?.({ part, step });
  const addresses: LocalCloudAddresses = { dataFolder };

  const sqs = createFauxqsQueue({ ...shared, folder: folders.sqs });
  const events = createEventBridge({
    ...shared,
    folder: folders.events,
    region: localRegion,
    account: localAccountId,
    sendMessage: (queueArn, body) => sendToQueue(addresses, queueArn, body),
  });
  const s3 = createRadosGateway({
    ...shared,
    folder: folders.s3,
    findEventHooks: () => addresses.events && eventHooks(addresses.events),
    onProgress: progressOf('s3'),
  });
  const postgres = createEmbeddedPostgres({
    ...shared,
    folder: folders.postgres,
    settings: options.postgresSettings ?? {},
    onProgress: progressOf('postgres'),
  });
  const mail = createSmtpMailCatcher({ ...shared, folder: folders.mail });
  const redis = createRedisServer({ ...shared, folder: folders.redis });

  // The gateway pushes events to the bridge and the bridge sends to the queue: each starts after what it needs, and stops
  // before it. The rest starts side by side.
  const wanted = options.parts ?? new Set<PartName>(neededParts);
  const has = (part: PartName) => wanted.has(part);
  if (has('sqs')) supervisor.add(sqs, { startAfter: [], started: (address) => void (addresses.sqs = address) });
  if (has('events')) {
    supervisor.add(events, { startAfter: ['sqs'], started: (address) => void (addresses.events = address) });
  }
  if (has('s3')) supervisor.add(s3, { startAfter: ['events'], started: (address) => void (addresses.s3 = address) });
  if (has('postgres')) {
    supervisor.add(postgres, { startAfter: [], started: (address) => void (addresses.postgres = address) });
  }
  if (has('mail')) supervisor.add(mail, { startAfter: [], started: (address) => void (addresses.mail = address) });
  if (has('redis')) supervisor.add(redis, { startAfter: [], started: (address) => void (addresses.redis = address) });

  await supervisor.start();
  return {
    ...attachLocalCloud(addresses),
    reports: () => supervisor.reports(),
    stopPart: (part) => supervisor.stopPart(part),
    startPart: (part) => supervisor.startPart(part),
    killPart: (part, signal) => supervisor.killPart(part, signal),
    stop: (stopOptions) => supervisor.stop(stopOptions),
  };
}

/** Ends what a killed supervisor left running on a folder that nobody will start again. */
export async function stopLeftovers(dataFolder: string): Promise<void> {
  const folders = partFolders(dataFolder);
  await Promise.all([
    stopCephLeftovers(folders.s3),
    stopPostgresLeftovers(folders.postgres),
    stopRedisLeftovers(folders.redis),
  ]);
}

const partFolders = (dataFolder: string): Record<PartName, string> => ({
  s3: join(dataFolder, 'rados-gateway'),
  postgres: join(dataFolder, 'postgres'),
  sqs: join(dataFolder, 'fauxqs'),
  events: join(dataFolder, 'event-bridge'),
  mail: join(dataFolder, 'mail'),
  redis: join(dataFolder, 'redis'),
});

async function claimDataFolder(dataFolder: string): Promise<void> {
  if (!isAbsolute(dataFolder)) {
    throw new LocalCloudError('data-folder-unusable', `The data folder must be an absolute path: ${dataFolder}`);
  }
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const state = await readCloudState(dataFolder);
  if (state !== undefined && (await isSupervised(state))) {
    throw new LocalCloudError(
      'already-running',
      `Process ${state.supervisor?.pid} already runs a local cloud on ${dataFolder}. Stop it, or choose another data folder.`,
    );
  }
}

async function sendToQueue(addresses: LocalCloudAddresses, queueArn: string, body: string): Promise<void> {
  if (addresses.sqs === undefined) throw new Error('no queue is running');
  const client = createLocalSqsClient(addresses.sqs);
  try {
    const QueueUrl = `${addresses.sqs.endpoint}/${localAccountId}/${queueArn.split(':').at(-1)}`;
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
  } finally {
    client.destroy();
  }
}
