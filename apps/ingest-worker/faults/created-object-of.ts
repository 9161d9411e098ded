import { type ObjectCreated, parseMessage } from '@hikyaku/s3-core/events';

/** The object whose coming a message announces, read as the worker reads it; undefined where it announces none. */
export function createdObjectOf(body: string | undefined): ObjectCreated | undefined {
  const parsed = parseMessage(body);
  if (parsed.kind !== 'events') return undefined;
  return parsed.events.find((event) => event.kind === 'created');
}
