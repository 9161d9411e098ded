import { createHash } from 'node:crypto';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { abortMultipartUpload } from '../abort-multipart-upload.ts';
import { failureOf, storageFailure } from '../errors/storage-failure.ts';
import { findObject, type ObjectHead, unquoted } from '../find-object.ts';
import { listParts, type StoredPart } from '../list-parts.ts';
import type { MultipartUpload } from '../multipart-upload.ts';
import { createRetryBudget } from '../retry/retry-budget.ts';
import { retry } from '../retry/retry.ts';
import { objectHeaders } from './object-headers.ts';
import type { ReadPart } from './read-parts.ts';
import { readUntil } from './read-until.ts';
import { checksumNames, checksumOf, type UploadChecksum, type WholeChecksums } from './upload-checksum.ts';
import type { UploadedObject, UploadOptions } from './upload-options.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const mostParts = 10_000;
const mostBufferedBytes = 64 * 1024 ** 2;

interface SentPart {
  number: number;
  sizeBytes: number;
  etag: string;
  md5: Buffer;
  /** In base64, by the upload's algorithm. */
  checksum: string;
}

interface PartsToSend extends UploadOptions {
  partSizeBytes: number;
  parts: AsyncIterable<ReadPart>;
  /** Has every byte that was read. */
  whole: WholeChecksums;
}

/** Sends parts side by side and makes one object of them. */
export async function sendParts(
  client: S3Client,
  object: { bucket: string; key: string },
  options: PartsToSend,
): Promise<UploadedObject> {
  const sender = new Sender(client, object, options);
  const upload = await sender.begin();
  try {
    return await sender.finish(upload, await sender.sendAll(upload));
  } catch (error) {
    throw await sender.giveUp(upload, error);
  }
}

class Sender {
  readonly #client: S3Client;
  readonly #object: { bucket: string; key: string };
  readonly #options: PartsToSend;
  readonly #budget;
  readonly #algorithm: UploadChecksum;
  #resumedBytes = 0;
  #sentBytes = 0;

  constructor(client: S3Client, object: { bucket: string; key: string }, options: PartsToSend) {
    this.#client = client;
    this.#object = object;
    this.#options = options;
    this.#budget = options.retryBudget ?? createRetryBudget();
    this.#algorithm = options.checksum ?? 'sha256';
  }

  async begin(): Promise<MultipartUpload> {
    const { bucket, key } = this.#object;
    const { resume } = this.#options;
    if (resume) return { bucket, key, id: resume.uploadId };
    const command = new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key: key,
      ChecksumAlgorithm: checksumNames[this.#algorithm].algorithm,
      ChecksumType: checksumNames[this.#algorithm].type,
      ...objectHeaders(this.#options),
    });
    const { UploadId } = await this.#try((abort) => this.#client.send(command, abort));
    if (!UploadId) throw failureOf('unexpected-answer', { details: { bucket, key } });
    this.#options.onBegun?.(UploadId);
    return { bucket, key, id: UploadId };
  }

  /** As many at once as there are connections for, and no more of them in memory. */
  async sendAll(upload: MultipartUpload): Promise<SentPart[]> {
    const { connections = 4, partSizeBytes, parts } = this.#options;
    const most = Math.max(1, Math.min(connections, Math.floor(mostBufferedBytes / partSizeBytes)));
    const there = await this.#alreadyThere(upload);
    const sent: SentPart[] = [];
    const failed = new AbortController();
    const flying = new Set<Promise<void>>();
    const fly = async (part: ReadPart) => {
      try {
        sent.push(await this.#sendPart(upload, part, there.get(part.number)));
      } catch (error) {
        failed.abort(error);
      }
    };
    try {
      for await (const part of readUntil(parts, failed.signal)) {
        if (part.number > mostParts) throw failureOf('too-many-parts', { details: this.#object });
        const flight = fly(part).finally(() => flying.delete(flight));
        flying.add(flight);
        if (flying.size >= most) await Promise.race(flying);
      }
    } finally {
      // However it ends: a part that comes when an upload is being given up may stay behind it.
      await Promise.all(flying);
    }
    failed.signal.throwIfAborted();
    return sent.toSorted((a, b) => a.number - b.number);
  }

  async #alreadyThere(upload: MultipartUpload): Promise<Map<number, StoredPart>> {
    if (!this.#options.resume) return new Map();
    const parts = await listParts(this.#client, upload);
    if (!parts) throw failureOf('no-such-upload', { details: this.#object });
    return new Map(parts.map((part) => [part.partNumber, part]));
  }

  async #sendPart(
    upload: MultipartUpload,
    { number, bytes }: ReadPart,
    there: StoredPart | undefined,
  ): Promise<SentPart> {
    const md5 = createHash('md5').update(bytes).digest();
    const checksum = await checksumOf(this.#algorithm, bytes);
    const part = { number, sizeBytes: bytes.length, md5, checksum };
    if (there && there.sizeBytes === bytes.length && isSame(there[this.#algorithm], there.etag, part)) {
      this.#resumedBytes += bytes.length;
      this.#tellProgress();
      return { ...part, etag: there.etag };
    }
    const command = () =>
      new UploadPartCommand({
        Bucket: upload.bucket,
        Key: upload.key,
        UploadId: upload.id,
        PartNumber: number,
        Body: bytes,
        ContentMD5: md5.toString('base64'),
        [checksumNames[this.#algorithm].field]: checksum,
      });
    const { ETag } = await this.#try((abort) => this.#client.send(command(), abort));
    this.#sentBytes += bytes.length;
    this.#tellProgress();
    return { ...part, etag: unquoted(ETag ?? '') };
  }

  /** Where the answer got lost, what is there tells. */
  async finish(upload: MultipartUpload, parts: readonly SentPart[]): Promise<UploadedObject> {
    const { field, type } = checksumNames[this.#algorithm];
    const { sha256, checksum } = await this.#options.whole.finish(parts.map((part) => part.checksum));
    const isOfWhole = type === 'FULL_OBJECT';
    const command = new CompleteMultipartUploadCommand({
      Bucket: upload.bucket,
      Key: upload.key,
      UploadId: upload.id,
      MultipartUpload: {
        Parts: parts.map((part) => ({ PartNumber: part.number, ETag: `"${part.etag}"`, [field]: part.checksum })),
      },
      ...(isOfWhole ? { ChecksumType: type, [field]: checksum } : {}),
      ...(this.#options.onlyIfAbsent ? { IfNoneMatch: '*' } : {}),
    });
    const answer = await this.#try((abort) => this.#client.send(command, abort)).catch((error: unknown) => {
      // An earlier try may have done it whose answer got lost.
      if (!(error instanceof HikyakuError) || error.code !== 'no-such-upload') throw error;
      return undefined;
    });
    const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
    const version = answer?.VersionId ? { versionId: answer.VersionId } : {};
    const head = await this.#try(() => findObject(this.#client, { ...this.#object, ...version }));
    const told = isOfWhole ? (answer?.[field] ?? checksum) : checksum;
    const etag = etagOf(parts) ?? head?.etag;
    if (head?.sizeBytes !== sizeBytes || head.etag !== etag || told !== checksum) {
      throw failureOf('not-as-sent', { details: this.#object });
    }
    // Nobody has said that what lies there is of these parts, and its ETag doesn't tell.
    const isKnown = answer !== undefined || etagOf(parts) !== undefined || (await this.#checksumOf(head)) === checksum;
    if (!isKnown) throw failureOf('not-as-sent', { details: this.#object });
    return {
      versionId: head.versionId,
      etag: head.etag,
      sizeBytes,
      sha256,
      checksum: { algorithm: this.#algorithm, value: checksum },
      partCount: parts.length,
      resumedBytes: this.#resumedBytes,
    };
  }

  /** As the store keeps it. Asked for only where nothing else tells: under KMS it wants the right to decrypt. */
  async #checksumOf({ etag, versionId }: ObjectHead): Promise<string | undefined> {
    const command = new HeadObjectCommand({
      Bucket: this.#object.bucket,
      Key: this.#object.key,
      ChecksumMode: 'ENABLED',
      ...(versionId === 'null' ? {} : { VersionId: versionId }),
    });
    const answer = await this.#try((abort) => this.#client.send(command, abort));
    return unquoted(answer.ETag ?? '') === etag ? answer[checksumNames[this.#algorithm].field] : undefined;
  }

  /** Leaves nothing, or what it takes to go on. Returns what is to be thrown. */
  async giveUp(upload: MultipartUpload, error: unknown): Promise<unknown> {
    const { signal, keepParts } = this.#options;
    if (!keepParts) await abortMultipartUpload(this.#client, upload).catch(() => false);
    if (signal?.aborted) return signal.reason;
    const failure = storageFailure(error, { details: this.#object });
    if (!keepParts) return failure;
    const { code, retriable, cause } = failure;
    return new HikyakuError(code, { retriable, cause, details: { ...failure.details, uploadId: upload.id } });
  }

  #try<T>(work: (abort: { abortSignal?: AbortSignal }) => Promise<T>): Promise<T> {
    const { signal, onRetry } = this.#options;
    return retry(() => work(signal ? { abortSignal: signal } : {}), { budget: this.#budget, signal, onRetry });
  }

  #tellProgress(): void {
    this.#options.onProgress?.({ sentBytes: this.#sentBytes, resumedBytes: this.#resumedBytes });
  }
}

/** By its checksum, or where the store keeps none by its ETag, which is the MD5 of a part that no key of KMS encrypts. */
function isSame(checksum: string | undefined, etag: string, part: { md5: Buffer; checksum: string }): boolean {
  return checksum === undefined ? etag === part.md5.toString('hex') : checksum === part.checksum;
}

/** The MD5 of the parts' MD5s, and how many they are. Undefined where ETags are other things, as of objects encrypted by KMS. */
function etagOf(parts: readonly SentPart[]): string | undefined {
  if (!parts.every((part) => part.etag === part.md5.toString('hex'))) return undefined;
  const digest = createHash('md5');
  for (const { md5 } of parts) digest.update(md5);
  return `${digest.digest('hex')}-${parts.length}`;
}
