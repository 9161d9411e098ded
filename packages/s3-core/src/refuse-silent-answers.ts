import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';

/**
 * Gives an answer up, and lets the SDK try again, that has begun and doesn't end within `silenceSeconds`: the SDK's own time
 * limit ends where an answer begins. Not that of a GET, which is as long as its object; see `refuseSilence`.
 */
export function refuseSilentAnswers(client: S3Client, silenceSeconds: number): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (input) => {
        const result = await next(input);
        const body = commandName === 'GetObjectCommand' ? undefined : bodyOf(result.response);
        if (body) endInTime(body, silenceSeconds);
        return result;
      },
    { step: 'deserialize', priority: 'low', name: 'refuseSilentAnswers' },
  );
}

function bodyOf(response: unknown): Readable | undefined {
  if (typeof response !== 'object' || response === null || !('body' in response)) return undefined;
  return response.body instanceof Readable ? response.body : undefined;
}

function endInTime(body: Readable, seconds: number): void {
  const timer = setTimeout(() => {
    // By its name the SDK knows that it may try again.
    body.destroy(Object.assign(new Error(`the answer did not end in ${seconds} s`), { name: 'TimeoutError' }));
  }, seconds * 1_000);
  body.once('close', () => clearTimeout(timer));
}
