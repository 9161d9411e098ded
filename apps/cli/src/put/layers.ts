import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Audience } from './audience.ts';

/** What is done to a file before it is sent: compressed, then encrypted. */
export interface Layers {
  gzip: boolean;
  audience: Audience | undefined;
}

/** What the name says of the layers: `a.csv` → `a.csv.gz.age`. */
export function layeredName(name: string, { gzip, audience }: Layers): string {
  const sealed = audience === undefined ? '' : { age: '.age', openpgp: '.gpg' }[audience.kind];
  return `${name}${gzip ? '.gz' : ''}${sealed}`;
}

export function hasLayers({ gzip, audience }: Layers): boolean {
  return gzip || audience !== undefined;
}

/** In a stream: a few hundred KiB are held, whatever comes. */
export async function* throughLayers(
  source: AsyncIterable<Uint8Array>,
  { gzip, audience }: Layers,
): AsyncGenerator<Uint8Array, void, undefined> {
  const packed = gzip ? gzipped(source) : source;
  if (audience === undefined) {
    yield* packed;
  } else if (audience.kind === 'age') {
    const { encryptAge } = await import('@hikyaku/encryption');
    yield* encryptAge(packed, audience.publicKeys);
  } else {
    const { encryptOpenPgp } = await import('@hikyaku/encryption/openpgp');
    yield* encryptOpenPgp(packed, { recipients: audience.publicKeys });
  }
}

async function* gzipped(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const gzip = createGzip();
  const packing = pipeline(source, gzip);
  // Told below; until then it is nobody's.
  packing.catch(() => undefined);
  try {
    for await (const piece of gzip) yield bytesOf(piece);
    await packing;
  } finally {
    gzip.destroy();
  }
}

function bytesOf(piece: unknown): Uint8Array {
  if (!(piece instanceof Uint8Array)) throw new TypeError('gzip gives bytes');
  return piece;
}
