import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { EventHooks } from '../event-bridge/event-bridge.ts';
import type { Part, PartFailed, PartProgress } from '../part.ts';
import type { PortBook } from '../port-book.ts';
import { waitUntil } from '../process/daemon.ts';
import { runEngineAsPart } from '../process/run-engine.ts';
import { runProgram } from '../process/run-program.ts';
import { findTextFile, keepSecret, writeSecretFile } from '../process/secret-file.ts';
import { closeBrowserFront, openBrowserFront } from './browser-front.ts';
import { cephPaths, kmsKeyId, renderCephConfig } from './ceph-config.ts';
import { cephEnvironment, cephLogFile, createCephDaemons, stopCephLeftovers } from './ceph-daemons.ts';
import { createCephMonitor, moveCephMonitor } from './ceph-monitor.ts';
import { createCephOsd } from './ceph-osd.ts';
import { requireRadosGatewayPackages } from './debian-packages.ts';
import { putEventTopics, queuedTopicName } from './event-topics.ts';
import { releaseEventQueue } from './release-event-queue.ts';

export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

export interface S3Address {
  endpoint: string;
  /** The same store for browsers: presigned URLs that they use are signed for this address. */
  browserEndpoint: string;
  region: string;
  /** May create users, roles and buckets. For this package; neither api nor worker ever sees it. */
  admin: AccessKey;
  /** The key id that SSE-KMS requests may name. */
  kmsKeyId: string;
}

/** The gateway's zone group answers to every region but signs buckets' locations as this one. */
export const localRegion = 'us-east-1';

const readyFile = z.object({
  clusterId: z.string(),
  monitorPort: z.int(),
  hasEventTopics: z.boolean().default(false),
  admin: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
});
type ReadyFile = z.infer<typeof readyFile>;

const createdUser = z.object({ keys: z.array(z.object({ access_key: z.string(), secret_key: z.string() })).min(1) });

/**
 * S3, IAM and STS by Ceph's RADOS Gateway: one monitor, one OSD, one gateway, all children of this process.
 * `findEventHooks` gives the addresses events are pushed to, or undefined where nobody listens.
 */
export function createRadosGateway(options: {
  folder: string;
  logFolder: string;
  ports: PortBook;
  findEventHooks: () => EventHooks | undefined;
  onFailed: PartFailed;
  onProgress: PartProgress;
}): Part<S3Address> {
  const { folder, logFolder } = options;
  const paths = cephPaths(folder);
  const daemons = createCephDaemons({ folder, logFolder, onEnded: (how) => part.failed(how) });

  let front: Server | undefined;

  const writeConfig = async (clusterId: string, monitorPort: number) => {
    const stsKey = await keepSecret(join(folder, 'sts-key'), 8);
    const kmsKey = Buffer.from(await keepSecret(join(folder, 'kms-key'), 32), 'hex').toString('base64');
    await writeSecretFile(paths.config, renderCephConfig({ folder, clusterId, monitorPort, stsKey, kmsKey }));
  };

  const startGateway = async (port: number) => {
    await daemons.startGateway(port);
    const answers = await waitUntil(() => isAnswering(`http://127.0.0.1:${port}/`), {
      timeoutMilliseconds: 120_000,
      abandoned: () => daemons.findEnded() !== undefined,
    });
    if (!answers) throw new Error(daemons.findEnded() ?? `radosgw did not answer within 120 s on port ${port}`);
  };

  const createCluster = async (monitorPort: number): Promise<ReadyFile> => {
    const clusterId = randomUUID();
    for (const path of [paths.monitorData, paths.osdData, paths.gatewayData]) {
      await rm(path, { recursive: true, force: true });
      await mkdir(path, { recursive: true });
    }
    await writeConfig(clusterId, monitorPort);
    options.onProgress('creating the object store');
    await createCephMonitor({ folder, clusterId, monitorPort });
    await daemons.startMonitor();
    await createCephOsd(folder);
    await daemons.startOsd();
    options.onProgress('creating the administrator');
    const port = await options.ports.choose('s3');
    await startGateway(port);
    const admin = await createAdministrator(folder);
    const ready = { clusterId, monitorPort, admin, hasEventTopics: false };
    await writeSecretFile(paths.ready, JSON.stringify(ready));
    return ready;
  };

  const reopenCluster = async (kept: ReadyFile, monitorPort: number): Promise<ReadyFile> => {
    await writeConfig(kept.clusterId, monitorPort);
    const ready = { ...kept, monitorPort };
    if (kept.monitorPort !== monitorPort) {
      options.onProgress('moving the monitor to another port');
      await moveCephMonitor({ folder, clusterId: kept.clusterId, monitorPort });
      await writeSecretFile(paths.ready, JSON.stringify(ready));
    }
    await daemons.startMonitor();
    await daemons.startOsd();
    if (kept.hasEventTopics) await releaseEventQueue(folder, queuedTopicName);
    return ready;
  };

  const start = async () => {
    await requireRadosGatewayPackages();
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await mkdir(logFolder, { recursive: true });
    const [port, monitorPort] = [await options.ports.choose('s3'), await options.ports.choose('cephMonitor')];
    const kept = parseReady(await findTextFile(paths.ready));
    const ready = kept === undefined ? await createCluster(monitorPort) : await reopenCluster(kept, monitorPort);
    options.onProgress('starting the gateway');
    if (!daemons.isRunning('radosgw')) await startGateway(port);
    const endpoint = `http://127.0.0.1:${port}`;
    const hooks = options.findEventHooks();
    if (hooks !== undefined) {
      await putEventTopics({ endpoint, admin: ready.admin, hooks });
      if (!ready.hasEventTopics) await writeSecretFile(paths.ready, JSON.stringify({ ...ready, hasEventTopics: true }));
    }
    const browserPort = await options.ports.choose('s3Browser');
    front = await openBrowserFront({ port: browserPort, gatewayPort: port });
    const browserEndpoint = `http://127.0.0.1:${browserPort}`;
    const address: S3Address = { endpoint, browserEndpoint, region: localRegion, admin: ready.admin, kmsKeyId };
    return { address, shown: endpoint };
  };

  const part = runEngineAsPart(
    {
      name: 's3',
      technology: 'rados-gateway',
      title: 'The object store',
      dataFolder: folder,
      logFiles: (['radosgw', 'ceph-osd', 'ceph-mon'] as const).map((name) => cephLogFile(logFolder, name)),
      recover: () => stopCephLeftovers(folder),
      start,
      async stop({ discard }) {
        if (front) await closeBrowserFront(front);
        front = undefined;
        await daemons.stop(discard ? 'SIGKILL' : 'SIGTERM');
      },
      processIds: () => daemons.processIds(),
    },
    options.onFailed,
  );
  return part;
}

function parseReady(text: string | undefined): ReadyFile | undefined {
  return text === undefined ? undefined : readyFile.parse(JSON.parse(text));
}

/** The gateway makes the keys up itself, so that they appear on no command line. */
async function createAdministrator(folder: string): Promise<AccessKey> {
  const printed = await runProgram(
    'radosgw-admin',
    [
      '-c',
      cephPaths(folder).config,
      'user',
      'create',
      '--uid=hikyaku-admin',
      '--display-name=hikyaku-admin',
      '--gen-access-key',
      '--gen-secret',
      '--caps=users=*;buckets=*;roles=*',
    ],
    { env: cephEnvironment(folder) },
  );
  const [key] = createdUser.parse(JSON.parse(printed)).keys;
  if (key === undefined) throw new Error('radosgw-admin printed no key');
  return { accessKeyId: key.access_key, secretAccessKey: key.secret_key };
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
