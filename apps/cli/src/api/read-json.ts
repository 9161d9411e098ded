import { HikyakuError } from '@hikyaku/types';
import type { HttpAnswer } from './fetch.ts';

/** An answer that came to its end and was nothing that Hikyaku writes, as the page of something on the way. The next may be Hikyaku's. */
export class UnreadableAnswer extends HikyakuError {
  readonly status: number;

  constructor(status: number, cause?: unknown) {
    super('network', { retriable: true, details: { status }, cause });
    this.status = status;
  }
}

/**
 * What an answer says; no more of it is read than it may be long.
 *
 * @throws UnreadableAnswer; HikyakuError network where it was cut off
 */
export async function readJson(answer: HttpAnswer, mostBytes = Infinity): Promise<unknown> {
  const { status, headers } = answer;
  const text = await readText(answer, mostBytes).catch((cause: unknown) => {
    throw brokenOff(status, cause);
  });
  if (text === undefined) throw new UnreadableAnswer(status);
  try {
    return JSON.parse(text);
  } catch (error) {
    // What is called JSON and isn't has lost its end.
    throw headers.get('content-type')?.includes('json')
      ? brokenOff(status, error)
      : new UnreadableAnswer(status, error);
  }
}

function brokenOff(status: number, cause: unknown): HikyakuError {
  return new HikyakuError('network', { retriable: true, details: { status, cause: 'answer-broken-off' }, cause });
}

async function readText({ body }: HttpAnswer, mostBytes: number): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > mostBytes) return undefined;
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}
