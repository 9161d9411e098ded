import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { z } from 'zod';
import { LocalCloudError } from './local-cloud-error.ts';
import type { PartName } from './part.ts';
import { findTextFile, writeSecretFile } from './process/secret-file.ts';

/** The environment variable that changes each port, read by the launcher and named in our errors. */
export const portVariables = {
  s3: 'HIKYAKU_S3_PORT',
  s3Browser: 'HIKYAKU_S3_BROWSER_PORT',
  cephMonitor: 'HIKYAKU_CEPH_MONITOR_PORT',
  postgres: 'HIKYAKU_POSTGRES_PORT',
  sqs: 'HIKYAKU_SQS_PORT',
  eventBridge: 'HIKYAKU_EVENT_BRIDGE_PORT',
  smtp: 'HIKYAKU_SMTP_PORT',
  redis: 'HIKYAKU_REDIS_PORT',
} as const satisfies Record<PortName, string>;

export const portNames = ['s3', 's3Browser', 'cephMonitor', 'postgres', 'sqs', 'eventBridge', 'smtp', 'redis'] as const;

export type PortName = (typeof portNames)[number];

const partOfPort = {
  s3: 's3',
  s3Browser: 's3',
  cephMonitor: 's3',
  postgres: 'postgres',
  sqs: 'sqs',
  eventBridge: 'events',
  smtp: 'mail',
  redis: 'redis',
} as const satisfies Record<PortName, PartName>;

// Below the range Linux gives to outgoing connections (32768…), so that none of those sits on our port at the next start.
const freeRange = { from: 20_000, to: 30_000 };

const rememberedPorts = z.partialRecord(z.enum(portNames), z.int());

export interface PortBook {
  /** The port for a listener: the one asked for, else the one of the last start if it is free, else a free one. */
  choose(name: PortName): Promise<number>;
}

/**
 * Ports stay the same between starts where they can: queued events and saved queue URLs name them.
 */
export async function openPortBook(options: {
  file: string;
  requested: Partial<Record<PortName, number>>;
}): Promise<PortBook> {
  const ports = parseRemembered(await findTextFile(options.file));
  const chosen = new Map<PortName, number>();
  let saved = Promise.resolve();
  const isFree = async (port: number) => ![...chosen.values()].includes(port) && (await canListen(port));

  const pick = async (name: PortName) => {
    const requested = options.requested[name] ?? 0;
    if (requested !== 0) {
      if (await isFree(requested)) return requested;
      throw new LocalCloudError(
        'port-taken',
        `Port ${requested} for ${partOfPort[name]} is taken. Stop the program that uses it, or set ${portVariables[name]} to another port.`,
        { part: partOfPort[name] },
      );
    }
    const remembered = ports[name];
    if (remembered !== undefined && (await isFree(remembered))) return remembered;
    let port: number;
    do port = randomInt(freeRange.from, freeRange.to);
    while (!(await isFree(port)));
    return port;
  };

  return {
    async choose(name) {
      const known = chosen.get(name);
      if (known !== undefined) return known;
      const port = await pick(name);
      chosen.set(name, port);
      ports[name] = port;
      saved = saved.then(() => writeSecretFile(options.file, JSON.stringify(ports)));
      await saved;
      return port;
    },
  };
}

function parseRemembered(text: string | undefined): Partial<Record<PortName, number>> {
  if (text === undefined) return {};
  try {
    return rememberedPorts.parse(JSON.parse(text));
  } catch {
    // A damaged note costs nothing but new ports.
    return {};
  }
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
