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
 * One connection that hears every announcement of `announce_timeline()`, and connects again when it drops.
 * `onReconnect` is called then: announcements in between were missed, so subscribers look for themselves.
 */
export function listenToTimeline(options: {
  url: string;
  onAnnouncement: (announcement: TimelineAnnouncement) => void;
  onReconnect: () => void;
  onError: (error: Error) => void;
  reconnectDelayMilliseconds?: number;
}): TimelineListener {
  let client: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let connectedBefore = false;

  const connect = async () => {
    const next = new Client({ connectionString: options.url, keepAlive: true });
    client = next;
    next.on('error', options.onError);
    next.once('end', () => {
      if (!closed) timer = setTimeout(start, options.reconnectDelayMilliseconds ?? 1_000);
    });
    next.on('notification', (message) => {
      const parsed = parseAnnouncement(message.payload);
      if (parsed) options.onAnnouncement(parsed);
    });
    await next.connect();
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
