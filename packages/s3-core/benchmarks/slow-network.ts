import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BenchRow, secondsOf, spreadOf } from '@hikyaku/bench';
import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { downloadObject } from '../src/download/index.ts';
import { clientFor } from '../test/client-for.ts';
import type { BenchBucket, BenchObject } from './bench-bucket.ts';

const connections = 4;
const bytesPerSecond = 20_000_000;
const roundTripMilliseconds = 50;
const mebibyte = 1024 ** 2;

/** P7: a network of long round trips, as it is and where connections are reset now and then. */
export async function benchSlowNetwork(
  house: BenchBucket,
  object: BenchObject,
  { rounds, note }: { rounds: number; note: (text: string) => void },
): Promise<BenchRow[]> {
  const { hostname: host, port } = new URL(house.access.endpoint);
  const proxy = await openFaultProxy({ target: { host, port: Number(port) } });
  try {
    const calm = await measure(house, object, proxy, { rounds, note, resetAfterBytes: undefined });
    const torn = await measure(house, object, proxy, { rounds, note, resetAfterBytes: [mebibyte, 199 * mebibyte] });
    const size = `${object.sizeBytes / mebibyte} MiB`;
    const network = `${roundTripMilliseconds} ms round trips, ${connections} connections of ${bytesPerSecond / 1e6} MB/s`;
    return [
      row(`download of ${size}, ${network}`, object, calm, 0.95),
      row(`the same, each connection reset after 100 MiB on average`, object, torn, 0.9),
    ];
  } finally {
    await proxy.close();
  }
}

interface Measured {
  seconds: number[];
  /** Of bytes, over the size of the object. */
  fetchedAgain: number[];
}

async function measure(
  { access, bucket, folder }: BenchBucket,
  { key, sha256, sizeBytes }: BenchObject,
  proxy: FaultProxy,
  options: {
    rounds: number;
    note: (text: string) => void;
    resetAfterBytes: readonly [least: number, most: number] | undefined;
  },
): Promise<Measured> {
  const target = join(folder, 'slow');
  const measured: Measured = { seconds: [], fetchedAgain: [] };
  const s3 = clientFor({ ...access, endpoint: `http://127.0.0.1:${proxy.port}` });
  for (let round = 1; round <= options.rounds; round += 1) {
    proxy.setWire({
      latencyMilliseconds: roundTripMilliseconds / 2,
      bytesPerSecond,
      ...(options.resetAfterBytes ? { end: { how: 'reset', afterBytes: options.resetAfterBytes } } : {}),
    });
    const before = proxy.statistics().answerBytes;
    const seconds = await secondsOf(() =>
      downloadObject(s3, { bucket, key }, target, { connections, known: { sha256 } }),
    );
    const again = (proxy.statistics().answerBytes - before) / sizeBytes - 1;
    measured.seconds.push(seconds);
    measured.fetchedAgain.push(again);
    const resets = options.resetAfterBytes ? ', with resets' : '';
    options.note(`slow network${resets}, round ${round}: ${seconds.toFixed(2)} s, ${(again * 100).toFixed(2)} % again`);
    await rm(target);
  }
  s3.destroy();
  return measured;
}

function row(what: string, { sizeBytes }: BenchObject, measured: Measured, goalShare: number): BenchRow {
  const least = sizeBytes / (connections * bytesPerSecond);
  const ratio = spreadOf(measured.seconds.map((seconds) => least / seconds));
  const again = Math.max(...measured.fetchedAgain);
  const isMet = ratio.median >= goalShare && again <= 0.02;
  return {
    goalId: 'P7',
    what: `${what}; ${(again * 100).toFixed(2)} % of the bytes came again, headers included`,
    peer: `limit ${least.toFixed(2)} s`,
    ours: spreadOf(measured.seconds),
    unit: 's',
    ratio,
    goal: `≥ ${goalShare} and ≤ 2 % again`,
    isMet,
    ...(isMet
      ? {}
      : { limitedBy: 'a connection that begins anew, and the last runs, whose connections end one by one.' }),
  };
}
