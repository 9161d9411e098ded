import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Crc64Nvme } from '@aws-sdk/crc64-nvme';
import { crc32c } from '@node-rs/crc32';

const algorithms = ['sha256', 'crc64nvme', 'crc32c'] as const;
type Algorithm = (typeof algorithms)[number];

interface Stored {
  bytes: Buffer;
  algorithm: Algorithm | undefined;
  checksum: string | undefined;
}

export interface UploadServer {
  endpoint: string;
  /** By key. */
  readonly objects: Map<string, Stored & { etag: string }>;
  readonly parts: ReadonlyMap<number, Stored>;
  /** Damages a body once, as a network may. */
  damageNext: (request: { method: string; url: string }) => boolean;
  /** As under a key of KMS: ETags say nothing about the bytes. */
  isEncrypted: boolean;
  /** Called when an object is made of parts; the answer is lost then. */
  loseAnswer: (() => void) | undefined;
  close(): Promise<void>;
}

/**
 * What S3 does with the checksums of an upload, for one bucket and one multipart upload at a time, as the embedded gateway does not:
 * it computes them, refuses what differs, and keeps those of the whole.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export async function openUploadServer(): Promise<UploadServer> {
  const objects = new Map<string, Stored & { etag: string }>();
  const parts = new Map<number, Stored>();
  let begun: { algorithm: Algorithm | undefined; type: string | undefined } | undefined;
  const opened: UploadServer = {
    endpoint: '',
    objects,
    parts,
    damageNext: () => false,
    isEncrypted: false,
    loseAnswer: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const put = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const stored = await receive(request, await bodyOf(request, opened));
    if (!stored) return refuse(response, 400, 'BadDigest');
    const partNumber = Number(url.searchParams.get('partNumber') ?? 0);
    if (partNumber > 0 && stored.algorithm !== begun?.algorithm) return refuse(response, 400, 'InvalidRequest');
    const etag = etagOf(stored.bytes, opened);
    if (partNumber > 0) parts.set(partNumber, stored);
    else objects.set(url.pathname, { ...stored, etag });
    response.writeHead(200, { etag: `"${etag}"`, ...checksumHeader(stored) }).end();
  };

  const complete = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const told = String(await bodyOf(request, opened));
    const inOrder = [...parts].toSorted(([a], [b]) => a - b).map(([, part]) => part);
    const bytes = Buffer.concat(inOrder.map((part) => part.bytes));
    if (!begun) return refuse(response, 404, 'NoSuchUpload');
    const { algorithm, type } = begun;
    const ofWhole = algorithm && type === 'FULL_OBJECT' ? await digestOf(algorithm, bytes) : undefined;
    const claimed = algorithm && request.headers[`x-amz-checksum-${algorithm}`];
    if (ofWhole !== undefined && claimed !== undefined && claimed !== ofWhole)
      return refuse(response, 400, 'BadDigest');
    const known = inOrder.every(({ checksum }) => checksum !== undefined && told.includes(checksum));
    if (algorithm && !known) return refuse(response, 400, 'InvalidPart');
    const md5s = Buffer.concat(inOrder.map((part) => createHash('md5').update(part.bytes).digest()));
    const etag = `${etagOf(md5s, opened)}-${inOrder.length}`;
    const checksum = ofWhole ?? (algorithm && (await digestOfParts(algorithm, inOrder)));
    objects.set(url.pathname, { bytes, algorithm, checksum, etag });
    parts.clear();
    begun = undefined;
    if (opened.loseAnswer) {
      opened.loseAnswer();
      response.destroy();
      return;
    }
    const element = algorithm && ofWhole ? checksumElement(algorithm, ofWhole) : '';
    answerXml(
      response,
      `<CompleteMultipartUploadResult><ETag>"${etag}"</ETag>${element}</CompleteMultipartUploadResult>`,
    );
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const object = objects.get(url.pathname);
    if (request.method === 'PUT') void put(request, response, url);
    else if (request.method === 'POST' && url.searchParams.has('uploads')) {
      begun = {
        algorithm: algorithms.find((one) => one.toUpperCase() === request.headers['x-amz-checksum-algorithm']),
        type: String(request.headers['x-amz-checksum-type']),
      };
      parts.clear();
      answerXml(response, '<InitiateMultipartUploadResult><UploadId>u1</UploadId></InitiateMultipartUploadResult>');
    } else if (request.method === 'POST') void complete(request, response, url);
    else if (request.method === 'GET') answerXml(response, partsXml(parts, opened));
    else if (request.method === 'HEAD' && object) {
      const told = request.headers['x-amz-checksum-mode'] === 'ENABLED' ? checksumHeader(object) : {};
      response.writeHead(200, { etag: `"${object.etag}"`, 'content-length': object.bytes.length, ...told }).end();
    } else response.writeHead(request.method === 'DELETE' ? 204 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  opened.endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return opened;
}

async function bodyOf(request: IncomingMessage, server: UploadServer): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of request) pieces.push(bytes);
  const body = Buffer.concat(pieces);
  const isDamaged = server.damageNext({ method: request.method ?? '', url: request.url ?? '' });
  if (isDamaged) body[0] = (body[0] ?? 0) ^ 1;
  return body;
}

/** Undefined where the bytes are not those that were announced. */
async function receive({ headers }: IncomingMessage, bytes: Buffer): Promise<Stored | undefined> {
  const md5 = headers['content-md5'];
  if (md5 !== undefined && md5 !== createHash('md5').update(bytes).digest('base64')) return undefined;
  const algorithm = algorithms.find((one) => headers[`x-amz-checksum-${one}`] !== undefined);
  if (!algorithm) return { bytes, algorithm, checksum: undefined };
  const checksum = await digestOf(algorithm, bytes);
  return checksum === headers[`x-amz-checksum-${algorithm}`] ? { bytes, algorithm, checksum } : undefined;
}

async function digestOf(algorithm: Algorithm, bytes: Buffer): Promise<string> {
  if (algorithm === 'sha256') return createHash('sha256').update(bytes).digest('base64');
  if (algorithm === 'crc64nvme') {
    const crc = new Crc64Nvme();
    crc.update(bytes);
    return Buffer.from(await crc.digest()).toString('base64');
  }
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32c(bytes));
  return digest.toString('base64');
}

async function digestOfParts(algorithm: Algorithm, parts: readonly Stored[]): Promise<string> {
  const digests = parts.map(({ checksum = '' }) => Buffer.from(checksum, 'base64'));
  return `${await digestOf(algorithm, Buffer.concat(digests))}-${parts.length}`;
}

function etagOf(bytes: Buffer, { isEncrypted }: UploadServer): string {
  return createHash('md5')
    .update(bytes)
    .update(isEncrypted ? 'secret' : '')
    .digest('hex');
}

function checksumHeader({ algorithm, checksum }: Stored): Record<string, string> {
  return algorithm && checksum ? { [`x-amz-checksum-${algorithm}`]: checksum } : {};
}

function checksumElement(algorithm: Algorithm, checksum: string): string {
  const name = `Checksum${algorithm.toUpperCase()}`;
  return `<${name}>${checksum}</${name}>`;
}

function partsXml(parts: ReadonlyMap<number, Stored>, server: UploadServer): string {
  const elements = [...parts].map(([number, { bytes, algorithm, checksum }]) => {
    const etag = etagOf(bytes, server);
    const known = algorithm && checksum ? checksumElement(algorithm, checksum) : '';
    return `<Part><PartNumber>${number}</PartNumber><ETag>"${etag}"</ETag><Size>${bytes.length}</Size>${known}</Part>`;
  });
  return `<ListPartsResult><IsTruncated>false</IsTruncated>${elements.join('')}</ListPartsResult>`;
}

function answerXml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
}
