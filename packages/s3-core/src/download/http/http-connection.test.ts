import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createServer as createSafeServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { selfSigned } from '../../../test/self-signed.ts';
import type { AnswerReceiver } from './answer.ts';
import { HttpConnection } from './http-connection.ts';

const body = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7) % 251));
const headOf = (length: number, more = '') =>
  `HTTP/1.1 206 Partial Content\r\ncontent-length: ${length}\r\n${more}\r\n`;

/** Writes what comes where it was told to, and is full whenever it is told to be. */
class Receiver implements AnswerReceiver {
  readonly whole = Buffer.alloc(body.length + 10);
  bytes = 0;
  status = 0;
  isFull = false;
  wantedBytes = Infinity;
  ready = () => Promise.resolve();

  get isSatisfied(): boolean {
    return this.bytes >= this.wantedBytes;
  }
  get got(): Buffer {
    return this.whole.subarray(0, this.bytes);
  }
  begin(status: number) {
    this.status = status;
  }
  space() {
    return this.whole.subarray(this.bytes, this.bytes + 300_000);
  }
  filled(bytes: number) {
    this.bytes += bytes;
  }
}

type Answer = (socket: Socket, nth: number) => unknown;
const usualAuthorities = getCACertificates('default');
const connections: HttpConnection[] = [];
let answer: Answer;
let accepted = 0;
let servers: Server[];
let origins: Record<'plain' | 'safe' | 'named', string>;

const accept = (socket: Socket) => {
  accepted += 1;
  let nth = 0;
  let asked = '';
  socket.on('error', () => undefined);
  socket.on('data', (bytes) => {
    asked += bytes.toString('latin1');
    for (let end = asked.indexOf('\r\n\r\n'); end >= 0; end = asked.indexOf('\r\n\r\n')) {
      asked = asked.slice(end + 4);
      nth += 1;
      void answer(socket, nth);
    }
  });
};

beforeAll(async () => {
  servers = [createServer(accept), createSafeServer(selfSigned, accept)];
  const ports = await Promise.all(servers.map(listen));
  origins = {
    plain: `http://127.0.0.1:${ports[0]}`,
    named: `http://localhost:${ports[0]}`,
    safe: `https://localhost:${ports[1]}`,
  };
  setDefaultCACertificates([...usualAuthorities, selfSigned.cert]);
});
afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
});
afterAll(async () => {
  setDefaultCACertificates(usualAuthorities);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function open(): HttpConnection {
  const connection = new HttpConnection();
  connections.push(connection);
  return connection;
}

async function ask(
  connection: HttpConnection,
  receiver: Receiver,
  { origin = origins.plain, silenceSeconds = 5, signal = new AbortController().signal } = {},
): Promise<Receiver> {
  await connection.ask({ origin, path: '/', headers: { host: 'x' } }, receiver, { silenceSeconds, signal });
  return receiver;
}

describe.each(['plain', 'safe', 'named'] as const)('%s', (name) => {
  test('what comes is what was sent, over one connection for one request after another', async () => {
    answer = (socket) => socket.write(Buffer.concat([Buffer.from(headOf(body.length)), body]));
    const connection = open();
    const before = accepted;
    for (let nth = 0; nth < 3; nth += 1) {
      const { got, status } = await ask(connection, new Receiver(), { origin: origins[name] });
      expect(status).toBe(206);
      expect(got.equals(body)).toBe(true);
    }
    expect(accepted - before).toBe(1);
  });

  test('who is full is left alone until there is room, and gets every byte all the same', async () => {
    answer = (socket) => socket.write(Buffer.concat([Buffer.from(headOf(body.length)), body]));
    const receiver = new Receiver();
    receiver.isFull = true;
    let waits = 0;
    receiver.ready = async () => {
      waits += 1;
      const bytes = receiver.bytes;
      await delay(20);
      // What TLS has taken in already comes; what lies in the network does not.
      expect(receiver.bytes - bytes).toBeLessThan(200_000);
    };
    const connection = open();
    await ask(connection, receiver, { origin: origins[name] });
    expect(waits).toBeGreaterThan(2);
    expect(receiver.got.equals(body)).toBe(true);
    // However it ended, reading goes on for the next.
    const before = accepted;
    const next = await ask(connection, new Receiver(), { origin: origins[name], silenceSeconds: 1 });
    expect(next.got.equals(body)).toBe(true);
    expect(accepted).toBe(before);
  });
});

test('a connection that the server closes is opened again', async () => {
  answer = (socket) =>
    socket.end(Buffer.concat([Buffer.from(headOf(3, 'connection: close\r\n')), body.subarray(0, 3)]));
  const connection = open();
  const before = accepted;
  for (let nth = 0; nth < 2; nth += 1) expect((await ask(connection, new Receiver())).bytes).toBe(3);
  expect(accepted - before).toBe(2);
});

test('bytes that nobody has asked for end the connection and reach nobody', async () => {
  answer = (socket, nth) => socket.write(`${headOf(3)}abc${nth === 1 ? 'HTTP/1.1 200 OK\r\n\r\nstray' : ''}`);
  const connection = open();
  await ask(connection, new Receiver());
  await delay(20);
  expect(String((await ask(connection, new Receiver())).got)).toBe('abc');
});

test('who has enough gets no more, and the next answer is whole', async () => {
  answer = (socket) => socket.write(Buffer.concat([Buffer.from(headOf(body.length)), body]));
  const connection = open();
  const receiver = new Receiver();
  receiver.wantedBytes = 500_000;
  await ask(connection, receiver);
  expect(receiver.bytes).toBeLessThan(900_000);
  expect((await ask(connection, new Receiver())).got.equals(body)).toBe(true);
});

test.each<[string, Answer]>([
  ['before it answers', (socket) => socket.destroy()],
  ['within the head', (socket) => socket.end('HTTP/1.1 206 Par')],
  ['within the body', (socket) => socket.end(`${headOf(10)}abc`)],
])('a connection that ends %s is lost', async (_, how) => {
  answer = how;
  await expect(ask(open(), new Receiver())).rejects.toMatchObject({ code: 'network', retriable: true });
});

test.each<[string, Answer]>([
  ['at first', () => undefined],
  ['within the body', (socket) => socket.write(`${headOf(10)}abc`)],
])('a server that says nothing %s is given up', async (_, how) => {
  answer = how;
  await expect(ask(open(), new Receiver(), { silenceSeconds: 0.1 })).rejects.toMatchObject({ code: 'timeout' });
});

test('a receiver that takes its time is no silence of the server; silence after it is', async () => {
  answer = (socket) => socket.write(`${headOf(10)}abc`);
  const receiver = new Receiver();
  receiver.isFull = true;
  let ready = 0;
  receiver.ready = async () => {
    await delay(300);
    receiver.isFull = false;
    ready = performance.now();
  };
  await expect(ask(open(), receiver, { silenceSeconds: 0.1 })).rejects.toMatchObject({ code: 'timeout' });
  expect(performance.now() - ready).toBeGreaterThan(90);
});

test('what a receiver throws, or an abort, ends it with just that', async () => {
  answer = (socket) => socket.write(`${headOf(10)}abc`);
  const refusing = new Receiver();
  refusing.begin = () => {
    throw new Error('not this');
  };
  await expect(ask(open(), refusing)).rejects.toThrow('not this');
  const controller = new AbortController();
  const running = ask(open(), new Receiver(), { signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 30);
  await expect(running).rejects.toThrow('enough');
  await expect(ask(open(), new Receiver(), { signal: controller.signal })).rejects.toThrow('enough');
});

test('a server whose certificate nobody vouches for hears no request', async () => {
  let heard = 0;
  answer = () => (heard += 1);
  setDefaultCACertificates(usualAuthorities);
  await expect(ask(open(), new Receiver(), { origin: origins.safe })).rejects.toMatchObject({
    code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/),
  });
  expect(heard).toBe(0);
});

test('a line of a request has no end in it', async () => {
  const request = { origin: origins.plain, path: '/x HTTP/1.1\r\nevil: 1', headers: {} };
  const options = { silenceSeconds: 1, signal: new AbortController().signal };
  await expect(open().ask(request, new Receiver(), options)).rejects.toThrow(RangeError);
});

test('a port where nobody listens', async () => {
  await expect(ask(open(), new Receiver(), { origin: 'http://127.0.0.1:1' })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
