import { type BodyDigest, HikyakuError } from '@hikyaku/types';
import type {
  CreatedUpload,
  PartToSign,
  PresignedPut,
  SignedPart,
  UploadCandidate,
  UploadPort,
} from '../src/upload-port.ts';
import type { StorageServer } from './storage-server.ts';

/** A server of ours that keeps what it was asked. Signs each part anew under another name: `/part-2`, then `/part-2-again`. */
export class RecordingPort implements UploadPort {
  readonly calls: string[] = [];
  readonly digests: (BodyDigest | undefined)[] = [];
  /** By part number, the digest each was signed for last. */
  readonly signed = new Map<number, BodyDigest>();
  /** What each completing told of the whole. */
  readonly wholes: (string | undefined)[] = [];
  first: PresignedPut;
  /** What an earlier try has sent. */
  sentParts: PartToSign[] = [];
  isStored = false;
  /** What was begun can't be gone on with. */
  isOver = false;
  renewedExpiresAt: string | undefined;
  readonly requestIds: string[] = [];
  failCreates: HikyakuError[] = [];
  failCompletes: HikyakuError[] = [];
  failSignings: HikyakuError[] = [];
  readonly #storage: StorageServer;
  readonly #partSizeBytes: number | undefined;

  constructor(storage: StorageServer, partSizeBytes?: number) {
    this.#storage = storage;
    this.#partSizeBytes = partSizeBytes;
    this.first = storage.put('first');
  }

  async create(candidate: UploadCandidate): Promise<CreatedUpload> {
    this.calls.push(`create ${candidate.fileName} ${candidate.sizeBytes} ${candidate.contentType}`);
    this.digests.push(candidate.digest);
    this.requestIds.push(candidate.requestId);
    const failure = this.failCreates.shift();
    if (failure) throw failure;
    if (this.isStored) return { uploadId: 'u1', method: 'stored' };
    return this.#partSizeBytes === undefined
      ? { uploadId: 'u1', method: 'single', put: this.first }
      : { uploadId: 'u1', method: 'multipart', partSizeBytes: this.#partSizeBytes, sentParts: this.sentParts };
  }
  async presignAgain(uploadId: string) {
    this.calls.push(`presignAgain ${uploadId}`);
    if (this.isOver) throw new HikyakuError('upload-not-open');
    const put = this.#storage.put('again');
    return this.renewedExpiresAt ? { ...put, expiresAt: this.renewedExpiresAt } : put;
  }
  async listSentParts(uploadId: string) {
    this.calls.push(`listSentParts ${uploadId}`);
    if (this.isOver) throw new HikyakuError('upload-not-open');
    return this.sentParts;
  }
  async signParts(uploadId: string, parts: PartToSign[]): Promise<SignedPart[]> {
    this.calls.push(`signParts ${uploadId} ${parts.map(({ partNumber }) => partNumber).join(' ')}`);
    const failure = this.failSignings.shift();
    if (failure) throw failure;
    return parts.map(({ partNumber, digest }) => {
      const name = this.signed.has(partNumber) ? `part-${partNumber}-again` : `part-${partNumber}`;
      this.signed.set(partNumber, digest);
      const headers = { 'content-md5': digest.md5, 'x-amz-checksum-sha256': digest.sha256 };
      return { partNumber, put: this.#storage.put(name, headers) };
    });
  }
  async complete(uploadId: string, sha256?: string) {
    this.calls.push(`complete ${uploadId}`);
    this.wholes.push(sha256);
    const failure = this.failCompletes.shift();
    if (failure) throw failure;
  }
  async abort(uploadId: string) {
    this.calls.push(`abort ${uploadId}`);
  }
}
