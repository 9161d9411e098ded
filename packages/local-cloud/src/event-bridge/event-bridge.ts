import { randomUUID, timingSafeEqual } from 'node:crypto';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Part } from '../part.ts';
import type { PortBook } from '../port-book.ts';
import { createPartLog, noLog } from '../process/part-log.ts';
import { runEngineAsPart } from '../process/run-engine.ts';
import { keepSecret } from '../process/secret-file.ts';
import { createDeliverOnce } from './deliver-once.ts';
import { createEventEnvelope } from './event-envelope.ts';
import { type EventRules, eventRule, openEventRules } from './event-rules.ts';
import { eventIdentity, type GatewayEvent, parseGatewayNotification } from './gateway-event.ts';

export interface EventBridgeAddress {
  /** Holds a random token, so it is a secret: who knows it may push events and change rules. */
  url: string;
}

/** Where the gateway pushes its events: what it keeps until we take it, and what it says once. */
export interface EventHooks {
  queued: string;
  atOnce: string;
}

export const eventHooks = (address: EventBridgeAddress): EventHooks => ({
  queued: `${address.url}/events/queued`,
  atOnce: `${address.url}/events/at-once`,
});

const maximumBodyBytes = 1024 * 1024;

/** The gateway repeats a refused event at once; unless we took our time to refuse, it would do nothing else. */
const refusalMilliseconds = 500;

const rememberedEvents = 10_000;

/**
 * EventBridge between the object store and the queues: a hook on loopback that turns the gateway's notification into
 * EventBridge's envelope and sends it to the queue of each rule that matches.
 *
 * Every event is pushed twice (see `eventTopicArns`) and delivered once. Still delivery is at least once, as in AWS: a restart
 * forgets what was delivered, and when one of several queues refuses, the hook answers 503 and all get the next push, under
 * another id.
 */
export function createEventBridge(options: {
  folder: string;
  logFolder: string;
  ports: PortBook;
  region: string;
  account: string;
  /** Throws when the queue did not take the message. */
  sendMessage: (queueArn: string, body: string) => Promise<void>;
}): Part<EventBridgeAddress> {
  const logFile = join(options.logFolder, 'event-bridge.log');
  let log = noLog;
  let server: Server | undefined;

  const deliverOnce = createDeliverOnce(rememberedEvents);

  const sendToQueues = async (event: GatewayEvent, rules: EventRules) => {
    const envelope = createEventEnvelope(event, { id: randomUUID(), ...options });
    if (envelope === undefined) return;
    const { bucket, object, reason } = envelope.detail;
    for (const rule of rules.match({ bucket: bucket.name, key: object.key })) {
      await options.sendMessage(rule.targetQueueArn, JSON.stringify(envelope));
      log(`${rule.name}: ${reason} sent to its queue`);
    }
  };

  const deliver = async (body: string, rules: EventRules): Promise<Answer> => {
    const notification = parseGatewayNotification(body);
    if (!notification.ok) {
      log(`refused a notification: ${notification.problem}`);
      return { status: 400 };
    }
    try {
      for (const event of notification.events) {
        await deliverOnce(eventIdentity(event), () => sendToQueues(event, rules));
      }
      return { status: 200 };
    } catch (error) {
      log(`a queue refused, the gateway will push it again: ${error instanceof Error ? error.message : String(error)}`);
      return { status: 503 };
    }
  };

  const answer = async (request: IncomingMessage, token: string, rules: EventRules): Promise<Answer> => {
    const [, given = '', route, name] = (request.url ?? '').split('/').map(decodeURIComponent);
    if (!isSame(given, token)) return { status: 404 };
    if (route === 'events' && request.method === 'POST') {
      const delivered = await deliver(await readBody(request), rules);
      // Whoever pushes within a request must not wait for it.
      if (delivered.status === 503 && name === 'queued') await delay(refusalMilliseconds);
      return delivered;
    }
    if (route === 'rules' && name !== undefined) return changeRule(request, name, rules);
    return { status: 404 };
  };

  const start = async () => {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    log = createPartLog(logFile);
    const token = await keepSecret(join(options.folder, 'token'), 16);
    const rules = await openEventRules(join(options.folder, 'rules.json'));
    const port = await options.ports.choose('eventBridge');
    const listening = createServer((request, response) => {
      answer(request, token, rules)
        .catch((error: unknown): Answer => {
          log(error instanceof Error ? error.message : String(error));
          return { status: 500 };
        })
        .then(
          ({ status }) => response.writeHead(status).end(),
          () => response.destroy(),
        );
    });
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject);
      listening.listen(port, '127.0.0.1', resolve);
    });
    server = listening;
    const shown = `http://127.0.0.1:${port}`;
    log(`listening on ${shown}`);
    return { address: { url: `${shown}/${token}` }, shown };
  };

  return runEngineAsPart({
    name: 'events',
    technology: 'event-bridge',
    title: 'The event bridge',
    dataFolder: options.folder,
    logFiles: [logFile],
    start,
    async stop() {
      const listening = server;
      server = undefined;
      if (listening === undefined) return;
      await new Promise((resolve) => {
        listening.close(resolve);
        listening.closeAllConnections();
      });
    },
  });
}

interface Answer {
  status: number;
}

async function changeRule(request: IncomingMessage, name: string, rules: EventRules): Promise<Answer> {
  if (request.method === 'DELETE') {
    await rules.delete(name);
    return { status: 204 };
  }
  if (request.method !== 'PUT') return { status: 405 };
  const rule = eventRule.safeParse(parseJson(await readBody(request)));
  if (!rule.success || rule.data.name !== name) return { status: 400 };
  await rules.put(rule.data);
  return { status: 204 };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Uint8Array)) throw new Error('a request body must be bytes');
    bytes += chunk.length;
    if (bytes > maximumBodyBytes) throw new Error('a request body is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSame(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
