import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { PresignedPut } from '../src/upload-port.ts';

/** One PUT as the server saw it. */
interface ReceivedPut {
  path: string;
  headers: IncomingMessage['headers'];
  bytes: number;
  /** The connection ended before the body did. */
  cut: boolean;
}

export type Answer = (request: IncomingMessage, response: ServerResponse, received: ReceivedPut) => void;

/** A stand-in for storage on a real socket: answers each PUT by the next answer of the script, then with 200. */
export interface StorageServer extends AsyncDisposable {
  readonly received: ReceivedPut[];
  /** How many PUTs were under way at the same time. */
  mostAtOnce: number;
  script(...answers: Answer[]): void;
  put(name: string, headers?: Record<string, string>): PresignedPut;
}

export async function startStorageServer(): Promise<StorageServer> {
  const received: ReceivedPut[] = [];
  let answers: Answer[] = [];
  let underWay = 0;
  const server = createServer((request, response) => {
    allowBrowsers(response);
    if (request.method === 'OPTIONS') {
      response.end();
      return;
    }
    const put: ReceivedPut = { path: request.url ?? '', headers: request.headers, bytes: 0, cut: false };
    received.push(put);
    storage.mostAtOnce = Math.max(storage.mostAtOnce, ++underWay);
    response.once('close', () => (underWay -= 1));
    request.on('error', () => {});
    request.on('close', () => (put.cut = !request.complete));
    (answers.shift() ?? answer(200))(request, response, put);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const storage: StorageServer = {
    received,
    mostAtOnce: 0,
    script: (...next) => (answers = next),
    put: (name, headers = {}) => ({
      url: `http://127.0.0.1:${address.port}/${name}`,
      headers,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return storage;
}

function allowBrowsers(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-allow-methods', 'PUT');
  response.setHeader('access-control-allow-headers', '*');
}

/** Reads the whole body, then answers. */
export function answer(status: number, code?: string): Answer {
  return (request, response, received) => {
    request.on('data', (chunk: Uint8Array) => (received.bytes += chunk.byteLength));
    request.on('end', () => {
      response.statusCode = status;
      response.end(code && `<Error><Code>${code}</Code></Error>`);
    });
  };
}

/** Reads the whole body, then answers when it may. */
export function hold(release: () => Promise<unknown>): Answer {
  return (request, response, received) => {
    request.on('data', (chunk: Uint8Array) => (received.bytes += chunk.byteLength));
    request.on('end', () => void release().then(() => response.end()));
  };
}

/** Takes some of the body, then drops the connection. */
export const reset: Answer = (request, _response, received) => {
  request.on('data', (chunk: Uint8Array) => {
    received.bytes += chunk.byteLength;
    request.socket.resetAndDestroy();
  });
};

/** Stores the body, but its answer is lost. */
export const storeWithoutAnswer: Answer = (request, _response, received) => {
  request.on('data', (chunk: Uint8Array) => (received.bytes += chunk.byteLength));
  request.on('end', () => request.socket.resetAndDestroy());
};

/** Takes what fits into the first read and then reads no further. */
export const stall: Answer = (request, _response, received) => {
  request.once('data', (chunk: Uint8Array) => {
    received.bytes += chunk.byteLength;
    request.pause();
  });
};

/** Reads slowly and counts, until the connection ends. */
export const readSlowly: Answer = (request, _response, received) => {
  request.on('data', (chunk: Uint8Array) => {
    received.bytes += chunk.byteLength;
    request.pause();
    setTimeout(() => request.resume(), 5);
  });
};
