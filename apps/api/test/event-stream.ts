import { Agent, request } from 'node:http';
import { z } from 'zod';

export interface StreamEvent {
  /** `message` where the server named none. */
  event: string;
  id: string | undefined;
  /** As it came over the wire. */
  data: string;
}

export interface EventStream {
  status: number;
  /** Everything that came so far. */
  events: StreamEvent[];
  /** The next event of the kind that nobody took yet; fails when none comes in time. */
  next(milliseconds: number, event?: string): Promise<StreamEvent>;
  /** Resolves when the server ended the stream. */
  ended: Promise<void>;
  close(): void;
}

/** A subscription over server-sent events, read byte by byte. */
export function openEventStream(url: URL, headers: Record<string, string>): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    // Kept alive after its end, as browsers do.
    const agent = new Agent({ keepAlive: true });
    const call = request(url, { headers: { ...headers, accept: 'text/event-stream' }, agent });
    call.once('error', reject);
    call.once('response', (response) => {
      const events: StreamEvent[] = [];
      const taken = new Set<StreamEvent>();
      const changed = new EventTarget();
      let pending = '';
      let isOver = false;
      const ended = new Promise<void>((resolveEnded) => {
        response.once('close', () => {
          isOver = true;
          // An error before the stream began is one JSON body.
          if (pending) events.push({ event: 'body', id: undefined, data: pending });
          resolveEnded();
          changed.dispatchEvent(new Event('change'));
        });
      });
      response.on('error', () => undefined);
      response.setEncoding('utf8').on('data', (text: string) => {
        pending += text;
        for (let end = pending.indexOf('\n\n'); end >= 0; end = pending.indexOf('\n\n')) {
          events.push(parseEvent(pending.slice(0, end)));
          pending = pending.slice(end + 2);
        }
        changed.dispatchEvent(new Event('change'));
      });
      resolve({
        status: response.statusCode ?? 0,
        events,
        ended,
        close() {
          call.destroy();
          agent.destroy();
        },
        async next(milliseconds, event = 'message') {
          const deadline = Date.now() + milliseconds;
          for (;;) {
            const found = events.find((one) => one.event === event && !taken.has(one));
            if (found) {
              taken.add(found);
              return found;
            }
            const left = deadline - Date.now();
            if (left <= 0 || isOver)
              throw new Error(`no ${event} within ${milliseconds} ms: ${JSON.stringify(events)}`);
            await new Promise<void>((wake) => {
              const timer = setTimeout(wake, left);
              changed.addEventListener('change', () => (clearTimeout(timer), wake()), { once: true });
            });
          }
        },
      });
    });
    call.end();
  });
}

function parseEvent(block: string): StreamEvent {
  const field = (name: string) =>
    block
      .split('\n')
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trimStart())
      .join('\n');
  return { event: field('event') || 'message', id: field('id') || undefined, data: field('data') };
}

const tracked = z.object({ json: z.unknown() });

/** What an event of a subscription carries. */
export function eventData<T>(event: StreamEvent, shape: z.ZodType<T>): T {
  return shape.parse(tracked.parse(JSON.parse(event.data)).json);
}
