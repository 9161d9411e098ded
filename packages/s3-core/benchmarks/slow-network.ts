import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type BenchRow, secondsOf, spreadOf } from '@hikyaku/bench';
import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { downloadObject } from '../src/download/index.ts';
import { clientFor } from '../test/client-for.ts';
import type { BenchBucket, BenchObject } from './bench-bucket.ts';
import { timedCommand } from './timed-command.ts';

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
  /** What the connections allow: a quarter of the object on each, by `curl`, without a fault, right before. */
  allowed: number[];
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
  const measured: Measured = { seconds: [], allowed: [], fetchedAgain: [] };
  const s3 = clientFor({ ...access, endpoint: `http://127.0.0.1:${proxy.port}` });
  const url = await getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key }), { expiresIn: 86_400 });
  const network = { latencyMilliseconds: roundTripMilliseconds / 2, bytesPerSecond };
  for (let round = 1; round <= options.rounds; round += 1) {
    proxy.setWire(network);
    measured.allowed.push(await secondsOf(() => fetchQuarters(url, sizeBytes)));
    proxy.setWire({
      ...network,
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

/** One range on each connection, which nobody keeps or looks at. */
async function fetchQuarters(url: string, sizeBytes: number): Promise<void> {
  const share = Math.ceil(sizeBytes / connections);
  const ranges = Array.from({ length: connections }, (_, index) => `${index * share}-${(index + 1) * share - 1}`);
  const fetchOne = (range: string) =>
    timedCommand(['curl', '--silent', '--show-error', '--fail', '--output', '/dev/null', '--range', range, url]);
  await Promise.all(ranges.map(fetchOne));
}

function row(what: string, { sizeBytes }: BenchObject, measured: Measured, goalShare: number): BenchRow {
  const least = sizeBytes / (connections * bytesPerSecond);
  const ratio = spreadOf(measured.seconds.map((seconds, round) => (measured.allowed[round] ?? Number.NaN) / seconds));
  const again = Math.max(...measured.fetchedAgain);
  const isMet = ratio.median >= goalShare && again <= 0.02;
  return {
    goalId: 'P7',
    what: `${what}; ${(again * 100).toFixed(2)} % of the bytes came again, headers included`,
    peer: `${connections} \`curl\`, a quarter each, no resets; ${least.toFixed(2)} s by the rate alone`,
    ours: spreadOf(measured.seconds),
    theirs: spreadOf(measured.allowed),
    unit: 's',
    ratio,
    goal: `≥ ${goalShare} and ≤ 2 % again`,
    isMet,
    ...(isMet
      ? {}
      : {
          limitedBy:
            'the HEAD before the first GET, connections that begin anew, and two cores that the proxy and the gateway share with us.',
        }),
  };
}
