import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { HttpEffect, HttpFault } from './http-fault.ts';
import { listen } from './faulty-wire.ts';
import type { SeededRandom } from './seeded-random.ts';

export interface HttpFront {
  faults: readonly HttpFault[];
  readonly port: number;
  readonly counts: Readonly<{ requests: number; faults: number }>;
  close(): Promise<void>;
}

/**
 * Passes HTTP/1.1 requests on with every header as it came, `Host` included, since it is part of signatures, and answers
 * with every header as the server gave it; where a fault fits, with that instead.
 */
export async function openHttpFront(options: {
  target: { host: string; port: number };
  random: SeededRandom;
}): Promise<HttpFront> {
  const { target, random } = options;
  const counts = { requests: 0, faults: 0 };
  const seen = new WeakMap<HttpFault, { fitted: number; done: number }>();
  let faults: readonly HttpFault[] = [];

  const choose = (incoming: IncomingMessage): HttpEffect | undefined => {
    for (const fault of faults) {
      if (fault.method !== undefined && fault.method !== incoming.method) continue;
      if (fault.path !== undefined && !fault.path.test(incoming.url ?? '/')) continue;
      const times = seen.get(fault) ?? { fitted: 0, done: 0 };
      seen.set(fault, times);
      times.fitted += 1;
      if (fault.nth !== undefined && fault.nth !== times.fitted) continue;
      if (fault.times !== undefined && times.done >= fault.times) continue;
      if (random.fraction() >= (fault.probability ?? 1)) continue;
      times.done += 1;
      return fault.effect;
    }
    return undefined;
  };

  const server = createServer((incoming, outgoing) => {
    counts.requests += 1;
    const effect = choose(incoming);
    if (effect) counts.faults += 1;
    outgoing.sendDate = false;
    if (effect?.kind === 'answer') answer(incoming, outgoing, effect);
    else passOn(incoming, outgoing, { target, effect });
  });
  // However long a body takes is for the wire to say.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  const port = await listen(server, 0);
  return {
    get faults() {
      return faults;
    },
    set faults(next) {
      faults = next;
    },
    port,
    counts,
    close: () => closeServer(server),
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, contentType, body }: HttpEffect & { kind: 'answer' },
): void {
  // A server that refuses has heard the whole request too.
  incoming.resume().once('end', () => {
    const type = contentType ? { 'content-type': contentType } : {};
    outgoing.writeHead(status, { ...type, 'content-length': Buffer.byteLength(body) });
    outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  });
}

function passOn(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  {
    target,
    effect,
  }: { target: { host: string; port: number }; effect: Exclude<HttpEffect, { kind: 'answer' }> | undefined },
): void {
  const { method, url: path = '/' } = incoming;
  const headers = effect?.kind === 'ignore-range' ? withoutRange(incoming) : incoming.rawHeaders;
  const passed = request({ ...target, method, path, headers, agent: false }, (reply) => {
    const ignoresRange = effect?.kind === 'ignore-range' && reply.statusCode === 206;
    outgoing.writeHead(ignoresRange ? 200 : (reply.statusCode ?? 502), reply.statusMessage, headersOf(reply, effect));
    sendBody(reply, outgoing, effect).catch(() => outgoing.destroy());
  });
  passed.on('error', () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502).end();
  });
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) passed.destroy();
  });
  incoming.on('error', () => passed.destroy());
  incoming.pipe(passed);
}

/** Where the range is signed, the server insists on it: then the status alone will lie. */
function withoutRange({ rawHeaders, headers, url = '' }: IncomingMessage): string[] {
  const signed = /SignedHeaders=([^,&\s]+)/.exec(headers.authorization ?? decodeURIComponent(url))?.[1] ?? '';
  if (signed.split(';').includes('range')) return rawHeaders;
  return withoutHeader(rawHeaders, 'range');
}

/** As the server gave them, but for what lies. */
function headersOf({ rawHeaders, headers }: IncomingMessage, effect: HttpEffect | undefined): string[] {
  if (effect?.kind === 'resize') {
    const others = withoutHeader(rawHeaders, 'content-length');
    const length = Number(headers['content-length'] ?? 0) + effect.byBytes;
    return effect.isTold ? [...others, 'content-length', String(length)] : others;
  }
  if (effect?.kind === 'shift-range') {
    const shifted = (headers['content-range'] ?? '').replace(/\d+(?=[-/])/g, (at) =>
      String(Number(at) + effect.byBytes),
    );
    return [...withoutHeader(rawHeaders, 'content-range'), 'content-range', shifted];
  }
  return rawHeaders;
}

function withoutHeader(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => rawHeaders[index - (index % 2)]?.toLowerCase() !== name);
}

async function sendBody(
  reply: IncomingMessage,
  outgoing: ServerResponse,
  effect: Exclude<HttpEffect, { kind: 'answer' }> | undefined,
): Promise<void> {
  const length = Number(reply.headers['content-length'] ?? 0);
  const corruptAt = effect?.kind === 'corrupt-byte' ? (effect.at ?? Math.floor(length / 2)) : undefined;
  const endsAt = effect && 'afterBytes' in effect ? effect.afterBytes : Number.POSITIVE_INFINITY;
  const change = effect?.kind === 'resize' ? effect.byBytes : 0;
  const lastsTo = change < 0 ? length + change : Number.POSITIVE_INFINITY;
  let sent = 0;
  for await (const piece of reply) {
    if (!(piece instanceof Uint8Array)) continue;
    const kept = Buffer.from(piece.subarray(0, Math.max(0, Math.min(endsAt, lastsTo) - sent)));
    if (corruptAt !== undefined && corruptAt >= sent && corruptAt < sent + kept.length) {
      kept.writeUInt8(kept.readUInt8(corruptAt - sent) ^ 1, corruptAt - sent);
    }
    sent += kept.length;
    if (!outgoing.write(kept)) await drained(outgoing);
    if (sent >= endsAt) break;
  }
  if (change > 0) outgoing.write(Buffer.alloc(change, 'x'));
  if (sent < endsAt) outgoing.end();
  else await breakOff(outgoing, effect?.kind);
}

async function breakOff(outgoing: ServerResponse, how: HttpEffect['kind'] | undefined): Promise<void> {
  // What was written first is on its way before the connection is broken.
  await new Promise((resolve) => setTimeout(resolve, 20));
  if (how === 'reset') outgoing.socket?.resetAndDestroy();
  else if (how === 'close') outgoing.socket?.end();
  else await new Promise((resolve) => outgoing.once('close', resolve));
}

function drained(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off('drain', settle);
      outgoing.off('close', settle);
      resolve();
    };
    outgoing.on('drain', settle);
    outgoing.on('close', settle);
  });
}
