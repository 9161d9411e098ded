import { once } from 'node:events';
import { createServer as createHttpServer, request, type Server as HttpServer } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type FaultProxy, openFaultProxy } from './open-fault-proxy.ts';
import { s3Answer } from './http-fault.ts';

const bytes = Buffer.alloc(300_000, 'abcdefghij');

function portOf(server: Server | HttpServer): number {
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('not listening');
  return address.port;
}

/** What a client got until its connection ended, and how it ended; `open` where it did not within 300 ms. */
async function conversation(port: number, said = 'hello\n'): Promise<{ got: Buffer; ended: string }> {
  const socket = connect({ host: '127.0.0.1', port });
  const got: Buffer[] = [];
  let ended = 'open';
  socket.on('data', (piece) => got.push(Buffer.from(piece)));
  const over = new Promise<void>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ended = error.code ?? 'error';
      resolve();
    });
    socket.on('end', () => {
      ended = 'FIN';
      resolve();
    });
  });
  socket.write(said);
  await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 300))]);
  socket.destroy();
  return { got: Buffer.concat(got), ended };
}

async function outcomesBySeed(port: number): Promise<number[]> {
  const other = await openFaultProxy({ target: { host: '127.0.0.1', port: port }, seed: 42 });
  other.setWire({ end: { how: 'close', afterBytes: [1, 50_000], probability: 0.5 } });
  const ends: number[] = [];
  for (let index = 0; index < 6; index += 1) {
    const { got, ended } = await conversation(other.port);
    ends.push(ended === 'FIN' ? got.length : -1);
  }
  await other.close();
  return ends;
}

describe('bytes of any protocol', () => {
  let server: Server;
  let proxy: FaultProxy;
  let heard: Socket[] = [];

  beforeAll(async () => {
    // Answers a line with 300 kB, and FIN by FIN.
    server = createServer((socket) => {
      heard.push(socket);
      socket.on('error', () => undefined);
      socket.on('data', () => void socket.write(bytes));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await openFaultProxy({ target: { host: '127.0.0.1', port: portOf(server) }, seed: 7 });
  });
  afterEach(() => {
    proxy.heal();
    heard = [];
  });
  afterAll(async () => {
    await proxy.close();
    server.close();
  });

  test('pass untouched without faults, and are counted', async () => {
    const before = proxy.statistics();
    const { got, ended } = await conversation(proxy.port);
    expect(ended).toBe('open');
    expect(got.equals(bytes)).toBe(true);
    const after = proxy.statistics();
    expect(after.connections - before.connections).toBe(1);
    expect(after.answerBytes - before.answerBytes).toBe(bytes.length);
    expect(after.requestBytes - before.requestBytes).toBe(6);
    expect(after.faults).toBe(before.faults);
  });

  test.each([
    ['reset', 'ECONNRESET'],
    ['close', 'FIN'],
    ['stall', 'open'],
  ] as const)('%s after so many bytes, neither one more nor one less', async (how, ended) => {
    const before = proxy.statistics();
    proxy.setWire({ end: { how, afterBytes: 100_001 } });
    const result = await conversation(proxy.port);
    expect(result.ended).toBe(ended);
    expect(proxy.statistics().answerBytes - before.answerBytes).toBe(100_001);
    expect(proxy.statistics().faults - before.faults).toBe(1);
    // What a reset overtakes is lost, as on a real network.
    if (how !== 'reset') expect(result.got.equals(bytes.subarray(0, 100_001))).toBe(true);
  });

  test('a request can be cut short too: the server sees no more of it', async () => {
    proxy.setWire({ end: { how: 'stall', of: 'requests', afterBytes: 3 } });
    expect((await conversation(proxy.port)).ended).toBe('open');
    expect(heard[0]?.bytesRead).toBe(3);
  });

  test('a connection is cut before what it says next, or before the answer to it', async () => {
    for (const [when, reached] of [
      ['before-next-request', 0],
      ['before-next-answer', 6],
    ] as const) {
      heard = [];
      const socket = connect({ host: '127.0.0.1', port: proxy.port });
      await once(socket, 'connect');
      while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const upstreamPort = heard[0]?.remotePort;
      proxy
        .connections()
        .find((connection) => connection.upstreamPort === upstreamPort)
        ?.cut(when);
      const failed = once(socket, 'error');
      const got: Buffer[] = [];
      socket.on('data', (piece) => got.push(Buffer.from(piece)));
      socket.write('hello\n');
      expect((await failed)[0]).toMatchObject({ code: 'ECONNRESET' });
      expect(Buffer.concat(got)).toHaveLength(0);
      expect(heard[0]?.bytesRead).toBe(reached);
    }
  });

  test('nobody there: new connections are reset, open ones go on, and rules change while it runs', async () => {
    const socket = connect({ host: '127.0.0.1', port: proxy.port });
    await once(socket, 'connect');
    while (heard.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    proxy.setWire({ refuse: true });
    expect((await conversation(proxy.port)).ended).toBe('ECONNRESET');
    socket.write('still there\n');
    await once(socket, 'data');
    socket.destroy();
    proxy.heal();
    expect((await conversation(proxy.port)).ended).toBe('open');
  });

  test('by chance means by the seed: the same connections fail in the same order', async () => {
    const first = await outcomesBySeed(portOf(server));
    expect(first).toContain(-1);
    expect(new Set(first).size).toBeGreaterThan(2);
    expect(await outcomesBySeed(portOf(server))).toEqual(first);
  });

  test('latency delays without slowing, bandwidth slows', async () => {
    const seconds = async () => {
      const begin = performance.now();
      const socket = connect({ host: '127.0.0.1', port: proxy.port });
      let got = 0;
      socket.write('hello\n');
      for await (const piece of socket) {
        got += Buffer.from(piece).length;
        if (got === bytes.length) break;
      }
      return performance.now() - begin;
    };
    proxy.setWire({ latencyMilliseconds: 100 });
    const late = await seconds();
    expect(late).toBeGreaterThan(190);
    // 300 kB come in several pieces; one after the other they would take 100 ms each.
    expect(late).toBeLessThan(550);
    proxy.setWire({ bytesPerSecond: 1_000_000 });
    expect(await seconds()).toBeGreaterThan(250);
    // Both at once: 0.4 s there and back and 0.3 s of bytes. A wire that waited out each piece would take 0.8 s more.
    proxy.setWire({ bytesPerSecond: 1_000_000, latencyMilliseconds: 200 });
    const both = await seconds();
    expect(both).toBeGreaterThan(650);
    expect(both).toBeLessThan(1_200);
  });
});

describe('HTTP', () => {
  let server: HttpServer;
  let proxy: FaultProxy;
  let rawHeaders: string[] = [];

  beforeAll(async () => {
    server = createHttpServer((incoming, outgoing) => {
      rawHeaders = incoming.rawHeaders;
      const range = /bytes=(\d+)-(\d+)/.exec(incoming.headers.range ?? '');
      const body = range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes;
      outgoing.writeHead(range ? 206 : 200, [
        'X-AMZ-Thing',
        'é'.normalize('NFC'),
        'content-length',
        String(body.length),
        ...(range ? ['Content-Range', `bytes ${range[1]}-${range[2]}/${bytes.length}`] : []),
      ]);
      outgoing.end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    proxy = await openFaultProxy({ target: { host: '127.0.0.1', port: portOf(server) }, http: true });
  });
  afterEach(() => proxy.heal());
  afterAll(async () => {
    await proxy.close();
    server.close();
  });

  async function get(path: string, headers: Record<string, string> = {}) {
    const asked = request({ host: '127.0.0.1', port: proxy.port, path, headers, agent: false }).end();
    asked.on('error', () => undefined);
    const [reply] = await once(asked, 'response');
    const pieces: Buffer[] = [];
    let ended = 'whole';
    try {
      for await (const piece of reply) pieces.push(piece);
    } catch (error) {
      ended = String(error instanceof Error && 'code' in error ? error.code : error);
    }
    return {
      status: reply.statusCode,
      headers: reply.rawHeaders,
      named: reply.headers,
      body: Buffer.concat(pieces),
      ended,
    };
  }

  test('passes on unchanged, Host and the case of headers included', async () => {
    const { status, headers, body } = await get('/a%20b?x=%2F', { Host: 'files.example:1', 'X-Signed': 'Yes' });
    expect([status, body.equals(bytes)]).toEqual([200, true]);
    expect(rawHeaders.slice(0, 4)).toEqual(['Host', 'files.example:1', 'X-Signed', 'Yes']);
    expect(headers.slice(0, 2)).toEqual(['X-AMZ-Thing', 'é']);
  });

  test('the n-th request of a path is answered as S3 does under load, the others pass', async () => {
    proxy.setHttp([{ method: 'GET', path: /^\/bucket\//, nth: 2, effect: s3Answer(503) }]);
    const before = proxy.statistics();
    const answers = [];
    for (const path of ['/bucket/a', '/other', '/bucket/b', '/bucket/c']) answers.push(await get(path));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 503, 200]);
    expect(answers[2]?.body.toString()).toContain('<Code>SlowDown</Code>');
    expect(proxy.statistics().faults - before.faults).toBe(1);
    expect(proxy.statistics().requests - before.requests).toBe(4);
  });

  test('one byte of a body is another', async () => {
    proxy.setHttp([{ times: 1, effect: { kind: 'corrupt-byte', at: 123_456 } }]);
    const { body } = await get('/');
    const differing = [...body.entries()].filter(([index, byte]) => bytes[index] !== byte).map(([index]) => index);
    expect(differing).toEqual([123_456]);
    expect((await get('/')).body.equals(bytes)).toBe(true);
  });

  test('a range is ignored: 200 and all of it; where the range is signed, 200 and the range', async () => {
    proxy.setHttp([{ effect: { kind: 'ignore-range' } }]);
    const whole = await get('/', { range: 'bytes=10-19' });
    expect([whole.status, whole.body.length]).toEqual([200, bytes.length]);
    const authorization = 'AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host;range, Signature=y';
    const lie = await get('/', { range: 'bytes=10-19', authorization });
    expect([lie.status, lie.body.length]).toEqual([200, 10]);
  });

  test.each([
    [7, true],
    [7, false],
    [-7, true],
    [-7, false],
  ])('a body has %i bytes more than there are; told: %j', async (byBytes, isTold) => {
    proxy.setHttp([{ effect: { kind: 'resize', byBytes, isTold } }]);
    const { named, body } = await get('/');
    expect(body.length).toBe(bytes.length + byBytes);
    expect(named['content-length']).toBe(isTold ? String(body.length) : undefined);
  });

  test('a range is told to be another one', async () => {
    proxy.setHttp([{ effect: { kind: 'shift-range', byBytes: 100 } }]);
    const { named, body } = await get('/', { range: 'bytes=10-19' });
    expect([named['content-range'], body.length]).toEqual([`bytes 110-119/${bytes.length}`, 10]);
  });

  test.each([
    ['reset', 'ECONNRESET'],
    ['close', 'ECONNRESET'],
  ] as const)('a body ends by %s after so many bytes', async (kind, ended) => {
    proxy.setHttp([{ effect: { kind, afterBytes: 1_000 } }]);
    const result = await get('/');
    expect([result.body.length, result.ended]).toEqual([1_000, ended]);
  });
});
