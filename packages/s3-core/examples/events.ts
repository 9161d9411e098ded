import { parseMessage } from '@hikyaku/s3-core/events';

/** Whatever a body is, this returns. */
export function eventsExample(): void {
  const message = parseMessage('{"Service":"Amazon S3","Event":"s3:TestEvent"}');
  if (message.kind === 'events') for (const event of message.events) console.log(event.kind, event.bucket, event.key);
  else console.log(message.kind);
}
