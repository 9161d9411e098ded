import {
  type FaultProxy,
  s3Answer,
  seededRandom,
  type SeededRandom,
  sqsAnswer,
} from '@hikyaku/local-cloud/fault-proxy';
import { until } from '../../test/until.ts';
import type { FaultCase } from '../fault-case.ts';
import { type FaultHouse, patienceSeconds } from '../fault-house.ts';
import { sampleFile, wrappings } from '../sample-file.ts';

type ServiceName = keyof FaultHouse['proxies'];

interface Outage {
  name: string;
  service: ServiceName;
  begin(proxy: FaultProxy, random: SeededRandom): void;
  /** Over after so many faults; where it is only slow, when everything is settled. */
  faults?: number;
}

const gone = (proxy: FaultProxy) => {
  proxy.setWire({ refuse: true });
  for (const connection of proxy.connections()) connection.cut('now');
};
const slow = (proxy: FaultProxy) => proxy.setWire({ latencyMilliseconds: 40, bytesPerSecond: 4_000_000 });
/** Connections that were opened before are dead from here, without a word; new ones work once it is over. */
const silent = (proxy: FaultProxy, random: SeededRandom) =>
  proxy.setWire({ end: { how: 'stall', afterBytes: random.integer(0, 2_000) } });
const resetting = (proxy: FaultProxy) => {
  proxy.setWire({ end: { how: 'reset', afterBytes: [0, 4_000], probability: 0.7 } });
  // Those that are open say little; new ones say who they are first.
  for (const connection of proxy.connections()) connection.cut('before-next-answer');
};

const outages: Outage[] = [
  { name: 'S3 gone', service: 's3', begin: gone, faults: 10 },
  { name: 'S3 slow', service: 's3', begin: slow },
  { name: 'S3 resetting', service: 's3', begin: resetting, faults: 6 },
  {
    name: 'S3 silent in the middle of bodies',
    service: 's3',
    begin: (proxy, random) =>
      proxy.setWire({ end: { how: 'stall', afterBytes: [100, 200_000], times: random.integer(1, 4) } }),
    faults: 1,
  },
  {
    name: 'S3 ending bodies too early',
    service: 's3',
    begin: (proxy, random) =>
      proxy.setHttp([{ method: 'GET', times: 6, effect: { kind: 'close', afterBytes: random.integer(0, 30_000) } }]),
    faults: 6,
  },
  { name: 'S3 answering 500', service: 's3', begin: (proxy) => proxy.setHttp([{ effect: s3Answer(500) }]), faults: 20 },
  {
    name: 'S3 answering 503',
    service: 's3',
    begin: (proxy) => proxy.setHttp([{ probability: 0.7, effect: s3Answer(503) }]),
    faults: 12,
  },
  { name: 'SQS gone', service: 'sqs', begin: gone, faults: 10 },
  { name: 'SQS slow', service: 'sqs', begin: slow },
  { name: 'SQS resetting', service: 'sqs', begin: resetting, faults: 6 },
  { name: 'SQS silent', service: 'sqs', begin: silent, faults: 2 },
  {
    name: 'SQS answering 500',
    service: 'sqs',
    begin: (proxy) => proxy.setHttp([{ effect: sqsAnswer(500) }]),
    faults: 10,
  },
  {
    name: 'SQS answering 503',
    service: 'sqs',
    begin: (proxy) => proxy.setHttp([{ probability: 0.7, effect: sqsAnswer(503) }]),
    faults: 8,
  },
  { name: 'jobs gone', service: 'jobs', begin: gone, faults: 10 },
  { name: 'jobs slow', service: 'jobs', begin: slow },
  { name: 'jobs resetting', service: 'jobs', begin: resetting, faults: 4 },
  { name: 'PostgreSQL slow', service: 'postgres', begin: slow },
  { name: 'PostgreSQL resetting', service: 'postgres', begin: resetting, faults: 6 },
];

/** R3: a service is away, slow, resets, says nothing or answers nonsense for a while; or the jobs are emptied. */
export function outageCases(seed: number, count: number): FaultCase[] {
  return Array.from({ length: count }, (_, index) => {
    const caseSeed = seed + index;
    // The seed says all of a case, also which one it is.
    const place = caseSeed - 1;
    const outage = outages[place % (outages.length + 1)];
    const random = seededRandom(caseSeed);
    return {
      suite: 'R3',
      name: outage?.name ?? 'jobs emptied',
      seed: caseSeed,
      play: (house) => (outage ? playOutage(house, outage, random) : playEmptied(house, random)),
    };
  });
}

async function playOutage(house: FaultHouse, outage: Outage, random: SeededRandom) {
  const proxy = house.proxies[outage.service];
  const dataset = await house.newDataset();
  const before = proxy.statistics().faults;
  outage.begin(proxy, random);
  const sent = [];
  for (let index = 0; index < 8; index += 1) {
    const file = await someFile(random, index, house.publicKey);
    sent.push(await house.send(dataset, file));
  }
  const felt = () => proxy.statistics().faults - before;
  const wanted = outage.faults;
  if (wanted === undefined) {
    await house.settled(sent);
    return { sent };
  }
  // A light outage may be over before it has been felt so often.
  const over = house.settled(sent).then(() => true);
  await until(
    async () => felt() >= wanted || (await Promise.race([over, Promise.resolve(undefined)])),
    `${wanted} faults`,
    patienceSeconds,
  );
  return { sent, violations: felt() === 0 ? ['nobody felt the outage'] : [] };
}

/** Jobs wait behind those that are held; then all are gone. */
async function playEmptied(house: FaultHouse, random: SeededRandom) {
  const dataset = await house.newDataset();
  const held = Promise.withResolvers<void>();
  house.onReached((_worker, point) => (point === 'claimed' ? held.promise : undefined));
  const sent = [];
  for (let index = 0; index < 20; index += 1)
    sent.push(await house.send(dataset, await someFile(random, index, house.publicKey)));
  const keys = sent.map(({ key }) => key);
  await until(
    async () =>
      (await house.pool.query('SELECT FROM arrival WHERE key = ANY ($1)', [keys])).rowCount === keys.length ||
      undefined,
    'all to be recorded',
    patienceSeconds,
  );
  await house.emptyJobs();
  held.resolve();
  return { sent };
}

const someFile = (random: SeededRandom, index: number, publicKey: string) =>
  sampleFile(random, {
    label: `file-${index}`,
    rows: random.integer(10, 4_000),
    keys: 5_000,
    wrapping: random.pick(wrappings),
    withRejects: random.fraction() < 0.3,
    publicKey,
  });
