import { Client } from 'pg';
import { z } from 'zod';

/** A file changed. Ids only: whoever cares reads it again under their own rights. */
export interface TimelineAnnouncement {
  organizationId: string | null;
  fileId: string;
  sequence: bigint;
}

const announcement = z.object({
  organizationId: z.uuid().nullable(),
  fileId: z.uuid(),
  sequence: z.string().transform(BigInt),
});

/** Anybody with a login may notify on a channel: what isn't ours is passed over. */
function parseAnnouncement(payload: string | undefined): TimelineAnnouncement | undefined {
  try {
    return announcement.parse(JSON.parse(payload ?? 'null'));
  } catch {
    return undefined;
  }
}

export interface TimelineListener {
  close(): Promise<void>;
}

/**
 * One connection that hears every announcement of `announce_timeline()`, and connects again when it drops. It asks for a sign of
 * life now and then: a server that is silent because nothing happens looks like one that hangs.
 * `onReconnect` is called then: announcements in between were missed, so subscribers look for themselves.
 */
export function listenToTimeline(options: {
  url: string;
  onAnnouncement: (announcement: TimelineAnnouncement) => void;
  onReconnect: () => void;
  onError: (error: Error) => void;
  reconnectDelayMilliseconds?: number;
  /** Between two signs of life, and how long one may take. */
  signOfLifeMilliseconds?: number;
}): TimelineListener {
  const { reconnectDelayMilliseconds = 1_000, signOfLifeMilliseconds = 15_000 } = options;
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let connectedBefore = false;

  const connect = async () => {
    const next = new Client({ connectionString: options.url, keepAlive: true, connectionTimeoutMillis: 10_000 });
    client = next;
    next.on('error', options.onError);
    next.once('end', () => {
      if (!closed) timer = setTimeout(start, reconnectDelayMilliseconds);
    });
    next.on('notification', (message) => {
      const parsed = parseAnnouncement(message.payload);
      if (parsed) options.onAnnouncement(parsed);
    });
    await next.connect();
    askForLife(next, signOfLifeMilliseconds);
    await next.query('LISTEN hikyaku_timeline');
    if (connectedBefore) options.onReconnect();
    connectedBefore = true;
  };
  const start = () => {
    connect().catch((error: unknown) => {
      options.onError(error instanceof Error ? error : new Error(String(error)));
      client?.end().catch(options.onError);
    });
  };
  start();

  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await client?.end().catch(() => undefined);
    },
  };
}

/** Ends a connection that doesn't answer. */
function askForLife(client: Client, milliseconds: number): void {
  let isAnswered = true;
  const ask = () => {
    if (!isAnswered) {
      // While a statement waits for its answer this closes the socket.
      client.end().catch(() => undefined);
      return;
    }
    isAnswered = false;
    client.query('SELECT 1').then(
      () => (isAnswered = true),
      () => undefined,
    );
  };
  const timer = setInterval(ask, milliseconds);
  client.once('end', () => clearInterval(timer));
}
