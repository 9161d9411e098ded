import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type BenchRow, type Contestant, pairRow, runPairs } from '@hikyaku/bench';
import type { BenchBucket, BenchObject } from './bench-bucket.ts';
import type { DownloadOrder } from './downloading.ts';
import { type TimedCommand, timedCommand } from './timed-command.ts';

interface Peer {
  /** Default `P6`. */
  goalId?: string;
  name: string;
  what: string;
  goalRatio: number;
  goal?: string;
  limitedBy: string;
  /** Default a download that is verified by its SHA-256. */
  ours?: Pick<DownloadOrder, 'options' | 'checksum'>;
  run: (target: string) => Promise<TimedCommand>;
  /** What is compared of a run. */
  figure: (run: TimedCommand) => number;
}

/** Our download as a program of its own, its start included: one file, as it is installed, compiled by the run before. */
export function runOurs(
  { access, bucket, folder, program }: Pick<BenchBucket, 'access' | 'bucket' | 'folder' | 'program'>,
  { key }: BenchObject,
  target: string,
  how: Pick<DownloadOrder, 'options' | 'checksum'>,
): Promise<TimedCommand> {
  const order: DownloadOrder = { access, bucket, key, target, ...how };
  const compiled = { NODE_COMPILE_CACHE: join(folder, 'compiled') };
  return timedCommand([process.execPath, program, JSON.stringify(order)], compiled);
}

/** P6: a verified, durable file of ours against what others write, which none of them looks at again. */
export async function benchDownloads(
  house: BenchBucket,
  object: BenchObject,
  options: { rounds: number; note: (text: string) => void },
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const peers = [...(await peersOf(house, object)), ...checksumCosts(house, object)];
  for (const peer of peers) rows.push(await benchPair(house, object, peer, options));
  return rows;
}

async function benchPair(
  house: BenchBucket,
  object: BenchObject,
  peer: Peer,
  { rounds, note }: { rounds: number; note: (text: string) => void },
): Promise<BenchRow> {
  const targets = { ours: join(house.folder, 'ours'), peer: join(house.folder, 'peer') };
  const contestant = (target: string, run: () => Promise<TimedCommand>): Contestant => ({
    reset: () => rm(target, { force: true }),
    run: async () => peer.figure(await run()),
  });
  const result = await runPairs({
    ours: contestant(targets.ours, () =>
      runOurs(house, object, targets.ours, peer.ours ?? { options: { known: { sha256: object.sha256 } } }),
    ),
    peer: contestant(targets.peer, () => peer.run(targets.peer)),
    async compare() {
      for (const target of Object.values(targets)) await expectContent(target, object.sha256);
    },
    rounds,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      note(`${peer.what}, round ${number}: ${oursSeconds.toFixed(2)} s, ${peer.name} ${peerSeconds.toFixed(2)} s`),
  });
  for (const target of Object.values(targets)) await rm(target, { force: true });
  return pairRow({ goalId: 'P6', peer: peer.name, result, ...peer });
}

/** P8: what verifying costs, against the same download without it. */
function checksumCosts(house: BenchBucket, object: BenchObject): Peer[] {
  const ways: [name: string, how: Pick<DownloadOrder, 'options' | 'checksum'>][] = [
    ['CRC32C', { options: {}, checksum: { algorithm: 'crc32c', value: object.crc32c } }],
    ['CRC64NVME', { options: {}, checksum: { algorithm: 'crc64nvme', value: object.crc64nvme } }],
    ['SHA-256', { options: { known: { sha256: object.sha256 } } }],
  ];
  return ways.map(([name, ours]) => ({
    goalId: 'P8',
    name: 'own, verifying nothing',
    what: `download of ${mebibytes(object)} verified by its ${name}`,
    goalRatio: 1 / 1.05,
    goal: '≤ 5 % more',
    limitedBy: 'two cores that the gateway fills: whatever is computed besides makes it wait.',
    ours,
    figure: wallSeconds,
    run: (target) => runOurs(house, object, target, { options: {}, checksum: 'none' }),
  }));
}

async function peersOf(house: BenchBucket, object: BenchObject): Promise<Peer[]> {
  const { access, bucket } = house;
  const { key } = object;
  const what = `download of ${mebibytes(object)} to a verified file`;
  const limitedBy = 'two cores, of which the gateway itself takes most: every program waits for it.';
  const keys = { AWS_ACCESS_KEY_ID: access.accessKeyId, AWS_SECRET_ACCESS_KEY: access.secretAccessKey };
  const rclone = {
    RCLONE_CONFIG: '/nonexistent/rclone.conf',
    RCLONE_CONFIG_S3_TYPE: 's3',
    RCLONE_CONFIG_S3_PROVIDER: 'Ceph',
    RCLONE_CONFIG_S3_ENV_AUTH: 'true',
    RCLONE_CONFIG_S3_ENDPOINT: access.endpoint,
    ...keys,
  };
  const aws = { ...keys, AWS_DEFAULT_REGION: access.region };
  const url = await house.presignedUrl(key);
  return [
    {
      name: '`aws s3 cp` (Debian)',
      what,
      goalRatio: 2,
      limitedBy,
      figure: wallSeconds,
      run: (target) =>
        timedCommand(
          ['aws', '--endpoint-url', access.endpoint, 's3', 'cp', '--quiet', `s3://${bucket}/${key}`, target],
          aws,
        ),
    },
    {
      name: '`rclone copyto` (Debian)',
      what,
      goalRatio: 0.9,
      limitedBy,
      figure: wallSeconds,
      run: (target) => timedCommand(['rclone', 'copyto', `s3:${bucket}/${key}`, target], rclone),
    },
    {
      name: '`curl` (Debian)',
      what: 'CPU time of it',
      goalRatio: 1 / 1.5,
      goal: '≤ 1.5×',
      limitedBy:
        'SHA-256 takes 0.6 s a GiB, which curl does not do, and to read the file once more in order 0.1 s; Node and the SDK start in 0.2 s.',
      figure: ({ processorSeconds }) => processorSeconds,
      run: (target) => timedCommand(['curl', '--silent', '--show-error', '--fail', '--output', target, url]),
    },
  ];
}

const wallSeconds = ({ seconds }: TimedCommand) => seconds;

async function expectContent(target: string, sha256: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(target), hash);
  if (hash.digest('hex') !== sha256) throw new Error(`${target} is not the object`);
}

function mebibytes({ sizeBytes }: BenchObject): string {
  return `${sizeBytes / 1024 ** 2} MiB`;
}
