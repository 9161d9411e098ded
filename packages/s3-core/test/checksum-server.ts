import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface ServedObject {
  body: Buffer;
  etag: string;
  /** `x-amz-checksum-…` and whatever else S3 would say of it. */
  headers: Record<string, string>;
  /** In GetObjectAttributes; undefined: asking for them is not allowed. */
  partSizes?: readonly number[];
  /** How the bytes of a range are sent, of which `from` is the first. Default at once. */
  send?: (response: ServerResponse, bytes: Buffer, from: number) => void;
}

export interface ChecksumServer {
  endpoint: string;
  object: ServedObject;
  /** Paths with query, in their order. */
  requests: string[];
  close(): Promise<void>;
}

/**
 * The three requests of S3 that a download makes, for one object, with the checksums that the embedded gateway does not keep.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html
 */
export async function openChecksumServer(object: ServedObject): Promise<ChecksumServer> {
  const served = { object, requests: new Array<string>() };
  const server = createServer((request, response) => {
    served.requests.push(`${request.method} ${request.url}`);
    answer(served.object, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return Object.assign(served, {
    endpoint: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function answer(
  { body, etag, headers, partSizes, send }: ServedObject,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const usual = { etag: `"${etag}"`, 'last-modified': 'Sun, 22 Nov 2026 00:00:00 GMT' };
  if (request.url?.includes('attributes')) {
    const after = Number(request.headers['x-amz-part-number-marker'] ?? 0);
    response.setHeader('content-type', 'application/xml');
    if (partSizes) response.end(attributesXml(partSizes, after));
    else response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    return;
  }
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
  if (from === undefined || to === undefined) {
    response.writeHead(200, { ...usual, ...headers, 'content-length': body.length }).end();
    return;
  }
  const range = { 'content-range': `bytes ${from}-${to}/${body.length}` };
  const bytes = body.subarray(Number(from), Number(to) + 1);
  response.writeHead(206, { ...usual, ...range, 'content-length': bytes.length });
  if (send) send(response, bytes, Number(from));
  else response.end(bytes);
}

/** Two parts to a page, so that pages are read. */
function attributesXml(partSizes: readonly number[], after: number): string {
  const page = partSizes.slice(after, after + 2);
  const isTruncated = after + page.length < partSizes.length;
  const parts = page.map(
    (size, index) => `<Part><PartNumber>${after + index + 1}</PartNumber><Size>${size}</Size></Part>`,
  );
  return `<?xml version="1.0"?><GetObjectAttributesResponse><ObjectParts><PartsCount>${partSizes.length}</PartsCount>
    <IsTruncated>${isTruncated}</IsTruncated><NextPartNumberMarker>${after + page.length}</NextPartNumberMarker>
    ${parts.join('')}</ObjectParts></GetObjectAttributesResponse>`;
}
