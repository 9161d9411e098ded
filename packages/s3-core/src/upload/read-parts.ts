import { type FileHandle, open } from 'node:fs/promises';
import { unreadable } from './unreadable.ts';
import type { UploadSource } from './upload-options.ts';

export interface ReadPart {
  /** From 1. */
  number: number;
  bytes: Buffer;
  isLast: boolean;
}

/**
 * The source in pieces of this size, the last one shorter; one empty piece of an empty source. The next is read when it is asked
 * for, so that as much lies in memory as the caller holds.
 *
 * @throws HikyakuError source-unreadable
 */
export async function* readParts(source: UploadSource, partSizeBytes: number): AsyncGenerator<ReadPart> {
  if ('stream' in source) {
    yield* cut(told(source.stream), partSizeBytes);
    return;
  }
  const file = await open(source.path).catch((error: unknown) => {
    throw unreadable(error, source.path);
  });
  try {
    yield* cutFile(file, source.path, partSizeBytes);
  } finally {
    await file.close();
  }
}

/** Of a file that grows meanwhile, as much as there is when its end is met. */
async function* cutFile(file: FileHandle, path: string, partSizeBytes: number): AsyncGenerator<ReadPart> {
  const read = (position: number) =>
    readAt(file, position, partSizeBytes).catch((error: unknown) => {
      throw unreadable(error, path);
    });
  let next = await read(0);
  for (let number = 1; ; number += 1) {
    const bytes = next;
    next = bytes.length < partSizeBytes ? Buffer.alloc(0) : await read(number * partSizeBytes);
    yield { number, bytes, isLast: next.length === 0 };
    if (next.length === 0) return;
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await file.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

/** A stream that breaks says so as one of ours: S3 has nothing to do with it. */
async function* told(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (error) {
    throw unreadable(error);
  }
}

async function* cut(stream: AsyncIterable<Uint8Array>, partSizeBytes: number): AsyncGenerator<ReadPart> {
  let number = 0;
  let held: Buffer | undefined;
  let pieces: Uint8Array[] = [];
  let gathered = 0;
  for await (const chunk of stream) {
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + partSizeBytes - gathered);
      pieces.push(piece);
      gathered += piece.length;
      at += piece.length;
      if (gathered < partSizeBytes) continue;
      // Whether it is the last is known only with the next byte.
      if (held) yield { number: (number += 1), bytes: held, isLast: false };
      held = Buffer.concat(pieces);
      [pieces, gathered] = [[], 0];
    }
  }
  const rest = Buffer.concat(pieces);
  if (held) yield { number: (number += 1), bytes: held, isLast: rest.length === 0 };
  if (rest.length > 0 || !held) yield { number: number + 1, bytes: rest, isLast: true };
}
