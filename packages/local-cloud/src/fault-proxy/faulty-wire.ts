import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from './seeded-random.ts';
import type { ConnectionEnd, WireFaults } from './wire-faults.ts';

type Direction = 'requests' | 'answers';

/** Bytes under way on a slow wire before the sender has to wait, as in a socket's buffers. */
const windowBytes = 4 * 1024 ** 2;

/** Read before the wire is free for it, so that timers, which ring late, don't make it slower than it is. */
const readAheadMilliseconds = 20;

export interface ProxiedConnection {
  /** The port that the server sees as its client's. */
  readonly upstreamPort: number;
  /**
   * Resets the connection at once, or when the client sends the next byte (which the server never gets), or when the server
   * answers the next time (which the client never hears).
   */
  cut(when: 'now' | 'before-next-request' | 'before-next-answer'): void;
}

export interface WireCounts {
  connections: number;
  openConnections: number;
  requestBytes: number;
  answerBytes: number;
  faults: number;
}

export interface FaultyWire {
  faults: WireFaults;
  readonly port: number;
  readonly counts: Readonly<WireCounts>;
  connections(): ProxiedConnection[];
  close(): Promise<void>;
}

/** Passes bytes between whoever connects and one server, and does to them what `faults` says at that moment. */
export async function openFaultyWire(options: {
  port: number;
  target: { host: string; port: number };
  random: SeededRandom;
}): Promise<FaultyWire> {
  const open = new Set<Connection>();
  const counts: WireCounts = { connections: 0, openConnections: 0, requestBytes: 0, answerBytes: 0, faults: 0 };
  const timesDone = new WeakMap<ConnectionEnd, number>();
  const wire: Wire = { faults: {}, counts, random: options.random, timesDone };

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    counts.connections += 1;
    if (wire.faults.refuse) {
      counts.faults += 1;
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const connection = new Connection(wire, client, connect({ ...options.target, allowHalfOpen: true, noDelay: true }));
    open.add(connection);
    counts.openConnections = open.size;
    void connection.run().finally(() => {
      open.delete(connection);
      counts.openConnections = open.size;
    });
  });
  const port = await listen(server, options.port);
  return {
    get faults() {
      return wire.faults;
    },
    set faults(faults) {
      wire.faults = faults;
    },
    port,
    counts,
    connections: () => [...open],
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const connection of open) connection.cut('now');
      await closed;
    },
  };
}

export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

interface Wire {
  faults: WireFaults;
  counts: WireCounts;
  random: SeededRandom;
  timesDone: WeakMap<ConnectionEnd, number>;
}

class Connection implements ProxiedConnection {
  readonly #wire: Wire;
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #gone: Promise<void>;
  /** The rule that was in force when bytes passed last, what it means for this connection, and the bytes since. */
  #rule: ConnectionEnd | undefined;
  #endsAt: number | undefined;
  #passed = 0;
  #isStalled = false;
  #cutBefore: Direction | undefined;

  constructor(wire: Wire, client: Socket, upstream: Socket) {
    this.#wire = wire;
    this.#client = client;
    this.#upstream = upstream;
    this.#gone = new Promise((resolve) => {
      client.once('close', () => resolve());
      upstream.once('close', () => resolve());
    });
    for (const socket of [client, upstream]) socket.on('error', () => undefined);
  }

  get upstreamPort(): number {
    return this.#upstream.localPort ?? 0;
  }

  cut(when: Parameters<ProxiedConnection['cut']>[0]): void {
    if (when === 'now') this.#reset();
    else this.#cutBefore = when === 'before-next-request' ? 'requests' : 'answers';
  }

  async run(): Promise<void> {
    const [client, upstream] = [this.#client, this.#upstream];
    await Promise.allSettled([this.#carry(client, upstream, 'requests'), this.#carry(upstream, client, 'answers')]);
    client.destroy();
    upstream.destroy();
  }

  /** Reads on while earlier bytes are still under way, as far as the window goes. */
  async #carry(from: Socket, to: Socket, direction: Direction): Promise<void> {
    let arrived = Promise.resolve();
    let underWay = 0;
    let freeAt = 0;
    try {
      // A side that has said all it had to may still be told things.
      for await (const piece of from.iterator({ destroyOnReturn: false })) {
        if (!(piece instanceof Uint8Array)) continue;
        const { latencyMilliseconds = 0, bytesPerSecond = Number.POSITIVE_INFINITY } = this.#wire.faults;
        freeAt = Math.max(freeAt, performance.now()) + (piece.length / bytesPerSecond) * 1_000;
        const due = freeAt + latencyMilliseconds;
        underWay += piece.length;
        arrived = arrived
          .then(() => this.#waitUntil(due))
          .then(() => this.#deliver(piece, to, direction))
          .finally(() => (underWay -= piece.length));
        // Whoever waits for it below hears of a failure; nobody may be waiting.
        arrived.catch(() => undefined);
        if (underWay >= windowBytes) await arrived;
        else await this.#waitUntil(freeAt - readAheadMilliseconds);
      }
      await arrived;
      if (this.#isStalled) await this.#gone;
      to.end();
    } catch {
      // One side is gone, without a word: so is the other.
      this.#reset();
    }
  }

  async #waitUntil(due: number): Promise<void> {
    const wait = due - performance.now();
    if (wait >= 1) await Promise.race([delay(wait), this.#gone]);
  }

  async #deliver(piece: Uint8Array, to: Socket, direction: Direction): Promise<void> {
    if (this.#isStalled) await this.#gone;
    if (this.#cutBefore === direction) {
      this.#wire.counts.faults += 1;
      this.#reset();
      return;
    }
    const { end } = this.#wire.faults;
    if (end !== this.#rule) this.#heed(end);
    const isCounted = end !== undefined && (end.of ?? 'answers') === direction;
    if (!isCounted || this.#endsAt === undefined || this.#passed + piece.length < this.#endsAt) {
      if (isCounted) this.#passed += piece.length;
      await this.#write(piece, to, direction);
      return;
    }
    const last = piece.subarray(0, Math.max(0, this.#endsAt - this.#passed));
    this.#passed = this.#endsAt;
    await this.#write(last, to, direction);
    await this.#end(end);
  }

  /** Decides, once for a rule, whether and where it ends this connection. */
  #heed(end: ConnectionEnd | undefined): void {
    this.#rule = end;
    this.#passed = 0;
    this.#endsAt = undefined;
    if (!end) return;
    const { random, timesDone } = this.#wire;
    if (random.fraction() >= (end.probability ?? 1)) return;
    const done = timesDone.get(end) ?? 0;
    if (done >= (end.times ?? Number.POSITIVE_INFINITY)) return;
    timesDone.set(end, done + 1);
    this.#endsAt = typeof end.afterBytes === 'number' ? end.afterBytes : random.integer(...end.afterBytes);
  }

  async #end(end: ConnectionEnd): Promise<void> {
    this.#wire.counts.faults += 1;
    if (end.how === 'reset') {
      this.#reset();
    } else if (end.how === 'close') {
      this.#client.end();
      this.#upstream.destroy();
    } else {
      this.#isStalled = true;
      await this.#gone;
    }
  }

  async #write(piece: Uint8Array, to: Socket, direction: Direction): Promise<void> {
    if (direction === 'answers') this.#wire.counts.answerBytes += piece.length;
    else this.#wire.counts.requestBytes += piece.length;
    if (to.destroyed || to.write(piece)) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        to.off('drain', settle);
        to.off('close', settle);
        resolve();
      };
      to.on('drain', settle);
      to.on('close', settle);
    });
  }

  #reset(): void {
    for (const socket of [this.#client, this.#upstream]) {
      // One that is not connected yet has nobody to send a RST to.
      if (socket.connecting || socket.destroyed) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
}
