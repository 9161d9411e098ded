import { connect, createServer, type Socket } from 'node:net';

/** A way to the database that can be shut: everything else about it stays real. */
export interface DatabaseGate {
  /** The URL, through the gate. */
  through(url: string): string;
  /** Cuts what is open and refuses what comes. */
  shut(): void;
  /** Lets bytes in and none out: a database that hangs. */
  freeze(): void;
  open(): void;
  close(): Promise<void>;
}

export async function openDatabaseGate(url: string): Promise<DatabaseGate> {
  const { hostname, port } = new URL(url);
  let mode: 'open' | 'shut' | 'frozen' = 'open';
  const pairs = new Set<[Socket, Socket]>();
  const server = createServer((outside) => {
    outside.on('error', () => undefined);
    if (mode === 'shut') {
      outside.destroy();
      return;
    }
    const inside = connect(Number(port), hostname);
    const pair: [Socket, Socket] = [outside, inside];
    pairs.add(pair);
    inside.on('error', () => outside.destroy());
    outside.once('close', () => inside.destroy());
    inside.once('close', () => {
      outside.destroy();
      pairs.delete(pair);
    });
    outside.pipe(inside).pipe(outside);
    if (mode === 'frozen') inside.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const gatePort = typeof address === 'object' && address ? address.port : 0;
  return {
    through(direct) {
      const gated = new URL(direct);
      gated.port = String(gatePort);
      return gated.href;
    },
    shut() {
      mode = 'shut';
      for (const [outside] of pairs) outside.destroy();
    },
    freeze() {
      mode = 'frozen';
      for (const [, inside] of pairs) inside.pause().unpipe();
    },
    open() {
      mode = 'open';
      for (const [outside, inside] of pairs) inside.pipe(outside);
    },
    async close() {
      for (const [outside] of pairs) outside.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
