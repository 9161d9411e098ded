import { parseMessage } from '@hikyaku/s3-core/events';
import type { Scene } from './scene.ts';

/** Whatever a body is, this returns. */
export function eventsExample({ log }: Scene): void {
  const message = parseMessage('{"Service":"Amazon S3","Event":"s3:TestEvent"}');
  if (message.kind === 'events') for (const event of message.events) log(event.kind, event.bucket, event.key);
  else log(message.kind);
}
