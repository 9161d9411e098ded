import { type BodyDigest, HikyakuError, untilAborted } from '@hikyaku/types';
import type { DigestBody, DigestedBody } from './digest-body.ts';
import { putBody, type PutBodyOptions } from './put-body.ts';
import { readAhead } from './read-ahead.ts';
import { retry } from './retry.ts';
import type { UploadPatience } from './upload-patience.ts';
import type { PartToSign, SignedPart } from './upload-port.ts';

/** Of one file at the same time; the browser's connections are shared with the other files of a queue. */
const partsAtOnce = 4;

export interface PutPartsOptions extends Pick<PutBodyOptions, 'send' | 'connections' | 'patience' | 'signal'> {
  /** The parts, in their order; those whose digests are known are not digested again. */
  bodies: AsyncIterable<Blob | DigestedBody>;
  /** What storage has already: a part with the same digest is not sent again. */
  sentParts?: readonly PartToSign[];
  /** So many parts may be read and signed beside those that fly. Default: as many as fly. */
  ahead?: number;
  /** Asked for a few parts at a time, just before they are sent. */
  signParts: (parts: PartToSign[]) => Promise<SignedPart[]>;
  digestBody: DigestBody;
  /** Of all parts together. Falls by no more than a part that is sent again. */
  onProgress: (sentBytes: number) => void;
}

/**
 * Puts bodies as the parts of one object, several at a time, each sent with its digests. While parts fly the next ones are digested and
 * signed, as many as can fly and no more. Resolves when storage has every part; the first part that fails stops all.
 */
export async function putParts(options: PutPartsOptions): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const running = { ...options, signal };
  const report = progressOfParts(options.onProgress);
  const parts = readAhead(signedParts(running, report), options.ahead ?? partsAtOnce);
  const fail = (error: unknown) => {
    failed.abort(error);
    throw error;
  };
  const sendParts = async () => {
    for await (const part of parts) {
      await putPart(running, part, (sentBytes) => report(part.partNumber, sentBytes)).catch(fail);
    }
  };
  // Not for those who wait for the next part: a source may say nothing for hours.
  await untilAborted(Promise.all(Array.from({ length: partsAtOnce }, sendParts)).catch(fail), signal);
}

type DigestedPart = PartToSign & { body: Blob };
type ReadyPart = DigestedPart & SignedPart;

function putPart(
  { signParts, send, connections, patience, signal }: PutPartsOptions,
  { partNumber, sizeBytes, digest, body, put }: ReadyPart,
  onProgress: (sentBytes: number) => void,
): Promise<void> {
  const presignAgain = async () => putOf(partNumber, await signParts([{ partNumber, sizeBytes, digest }]));
  return putBody({ body, put, presignAgain, send, connections, patience, onProgress, signal });
}

/** The first alone, so that bytes move soon; then as many at a time as can fly. */
async function* signedParts(
  options: PutPartsOptions,
  report: (partNumber: number, sentBytes: number) => void,
): AsyncGenerator<ReadyPart> {
  const { ahead = partsAtOnce, sentParts = [] } = options;
  const sent = new Map(sentParts.map((part) => [part.partNumber, part.digest]));
  let batch: DigestedPart[] = [];
  let batchSize = 1;
  for await (const part of readAhead(digestedParts(options), ahead)) {
    if (isSame(part.digest, sent.get(part.partNumber))) {
      report(part.partNumber, part.sizeBytes);
      continue;
    }
    batch.push(part);
    if (batch.length < batchSize) continue;
    yield* await signBatch(options, batch);
    batch = [];
    batchSize = ahead;
  }
  if (batch.length > 0) yield* await signBatch(options, batch);
}

function isSame(one: BodyDigest, other: BodyDigest | undefined): boolean {
  return one.sha256 === other?.sha256 && one.md5 === other.md5;
}

async function signBatch(
  { signParts, patience, signal }: PutPartsOptions,
  batch: DigestedPart[],
): Promise<ReadyPart[]> {
  const wanted = batch.map(({ partNumber, sizeBytes, digest }) => ({ partNumber, sizeBytes, digest }));
  const signed = await retry(() => signParts(wanted), patience, signal);
  return batch.map((part) => ({ ...part, put: putOf(part.partNumber, signed) }));
}

async function* digestedParts(options: PutPartsOptions): AsyncGenerator<DigestedPart> {
  const { bodies, digestBody, patience, signal } = options;
  let partNumber = 0;
  for await (const given of bodies) {
    partNumber += 1;
    const { body, digest } =
      given instanceof Blob ? { body: given, digest: await digestOf(given, digestBody, patience, signal) } : given;
    yield { partNumber, sizeBytes: body.size, body, digest };
  }
}

/** @throws HikyakuError `file-changed` where the file can no longer be read: it was moved or saved over */
export function digestOf(
  body: Blob,
  digestBody: DigestBody,
  patience: UploadPatience,
  signal: AbortSignal,
): Promise<BodyDigest> {
  const digest = () =>
    digestBody(body).catch((cause: unknown) => {
      throw cause instanceof HikyakuError ? cause : new HikyakuError('file-changed', { cause });
    });
  return retry(digest, patience, signal);
}

function putOf(partNumber: number, signed: SignedPart[]): SignedPart['put'] {
  const found = signed.find((part) => part.partNumber === partNumber);
  if (!found) throw new HikyakuError('internal', { details: { partNumber } });
  return found.put;
}

function progressOfParts(onProgress: (sentBytes: number) => void): (partNumber: number, sentBytes: number) => void {
  const sent = new Map<number, number>();
  let total = 0;
  return (partNumber, sentBytes) => {
    total += sentBytes - (sent.get(partNumber) ?? 0);
    sent.set(partNumber, sentBytes);
    onProgress(total);
  };
}
