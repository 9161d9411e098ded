import { type FaultyWire, openFaultyWire, type ProxiedConnection, type WireCounts } from './faulty-wire.ts';
import type { HttpFault } from './http-fault.ts';
import { type HttpFront, openHttpFront } from './http-front.ts';
import { seededRandom } from './seeded-random.ts';
import type { WireFaults } from './wire-faults.ts';

export type { ProxiedConnection };

export interface FaultProxyStatistics extends WireCounts {
  /** 0 where the proxy doesn't know HTTP. */
  requests: number;
}

/** Stands between a client and a server on this machine; without faults nobody notices. */
export interface FaultProxy {
  /** On 127.0.0.1. What is signed with a `Host` has to be signed for this one. */
  readonly port: number;
  /** From now on, for connections that are open too. */
  setWire(faults: WireFaults): void;
  /** From now on; in their order. @throws where the proxy doesn't know HTTP */
  setHttp(faults: readonly HttpFault[]): void;
  /** No faults any more. What stalled stays so: nobody comes back to a connection that was forgotten. */
  heal(): void;
  connections(): ProxiedConnection[];
  statistics(): FaultProxyStatistics;
  /** Resets what is open. */
  close(): Promise<void>;
}

/**
 * A proxy that breaks connections the way networks and services do: slow, reset, silent, cut short, and for HTTP (S3, SQS)
 * also wrong answers. Everything that happens by chance follows from the seed.
 */
export async function openFaultProxy(options: {
  target: { host: string; port: number };
  /** Reads the bytes as HTTP/1.1. */
  http?: boolean;
  seed?: number;
  /** One that is free, unless given. */
  port?: number;
}): Promise<FaultProxy> {
  const random = seededRandom(options.seed ?? 1);
  const front = options.http ? await openHttpFront({ target: options.target, random }) : undefined;
  const target = front ? { host: '127.0.0.1', port: front.port } : options.target;
  const wire = await openFaultyWire({ port: options.port ?? 0, target, random });
  return {
    port: wire.port,
    setWire(faults) {
      wire.faults = faults;
    },
    setHttp(faults) {
      needFront(front).faults = faults;
    },
    heal() {
      wire.faults = {};
      if (front) front.faults = [];
    },
    connections: () => wire.connections(),
    statistics: () => statisticsOf(wire, front),
    async close() {
      await wire.close();
      await front?.close();
    },
  };
}

function needFront(front: HttpFront | undefined): HttpFront {
  if (front) return front;
  throw new Error('This proxy passes bytes on and knows no HTTP: open it with { http: true }.');
}

function statisticsOf(wire: FaultyWire, front: HttpFront | undefined): FaultProxyStatistics {
  const faults = wire.counts.faults + (front?.counts.faults ?? 0);
  return { ...wire.counts, faults, requests: front?.counts.requests ?? 0 };
}
