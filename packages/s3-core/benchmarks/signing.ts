import { type S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type BenchRow, runPairs } from '@hikyaku/bench';
import { presignPart } from '../src/presign/index.ts';
import { clientFor } from '../test/client-for.ts';

const batchSize = 100;
const limitSeconds = 0.15;
const lifetimeSeconds = 3_600;
const upload = { bucket: 'bench-files', key: 'incoming/売上 11月.csv', id: '2~bench' };
const digest = { md5: '1B2M2Y8AsgTpgAmY7PhCfg==', sha256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' };
const parts = Array.from({ length: batchSize }, (_, index) => ({
  partNumber: index + 1,
  sizeBytes: 16 * 1024 ** 2,
  digest,
}));

/** P10: what a batch of part URLs costs, beside what the SDK's presigner alone needs for the same signatures. */
export async function benchSigning({
  rounds,
  note,
}: {
  rounds: number;
  note: (text: string) => void;
}): Promise<BenchRow> {
  const client = clientFor({
    endpoint: 'http://127.0.0.1:9',
    region: 'ap-northeast-1',
    accessKeyId: 'AKIABENCH',
    secretAccessKey: 'never asked',
  });
  let ours: string[] = [];
  let theirs: string[] = [];
  let dates: Date[] = [];
  const result = await runPairs({
    ours: {
      reset: () => Promise.resolve(),
      run: () =>
        processorSecondsOf(async () => {
          const signed = await Promise.all(parts.map((part) => presignPart(client, upload, part, lifetimeSeconds)));
          ours = signed.map(({ url }) => url);
        }),
    },
    peer: {
      // Signed for the moments of ours, so that the signatures are the same where all else is.
      reset: () => Promise.resolve(void (dates = ours.map(dateOf))),
      run: () =>
        processorSecondsOf(async () => {
          theirs = await Promise.all(parts.map((part, index) => signWithSdk(client, part, dates[index])));
        }),
    },
    compare: () =>
      ours.join('\n') === theirs.join('\n') ? Promise.resolve() : Promise.reject(new Error('other URLs')),
    rounds,
    onRound: ({ number, oursSeconds, peerSeconds }) =>
      note(`signing, round ${number}: ${milliseconds(oursSeconds)}, the SDK's presigner ${milliseconds(peerSeconds)}`),
  });
  client.destroy();
  const isMet = result.oursSeconds.median <= limitSeconds;
  return {
    goalId: 'P10',
    what: `CPU of signing ${batchSize} part URLs`,
    peer: "the SDK's presigner alone, same signatures",
    ours: result.oursSeconds,
    theirs: result.peerSeconds,
    unit: 's',
    ratio: result.ratio,
    goal: `≤ ${limitSeconds} s`,
    isMet,
    ...(isMet ? {} : { limitedBy: "the SDK's presigner, which does nearly all of it" }),
  };
}

function signWithSdk(client: S3Client, part: (typeof parts)[number], signingDate = new Date(0)): Promise<string> {
  const command = new UploadPartCommand({
    Bucket: upload.bucket,
    Key: upload.key,
    UploadId: upload.id,
    PartNumber: part.partNumber,
    ContentLength: part.sizeBytes,
    ContentMD5: digest.md5,
    ChecksumSHA256: digest.sha256,
  });
  const unhoistableHeaders = new Set(['x-amz-checksum-sha256']);
  return getSignedUrl(client, command, { expiresIn: lifetimeSeconds, signingDate, unhoistableHeaders });
}

/** `20261122T161500Z` in a signed URL. */
function dateOf(url: string): Date {
  const text = new URL(url).searchParams.get('X-Amz-Date') ?? '';
  return new Date(text.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}

/** User and system, of all threads. */
async function processorSecondsOf(work: () => Promise<void>): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

const milliseconds = (seconds: number) => `${(seconds * 1_000).toFixed(0)} ms`;
