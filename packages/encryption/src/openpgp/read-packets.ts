import { damaged } from '../damaged.ts';
import { ByteReader } from './byte-reader.ts';

/** What stands before the data: session keys for so many recipients. */
const mostSessionKeyBytes = 64 * 1024;

export const packetTag = {
  publicKeySessionKey: 1,
  passphraseSessionKey: 3,
  encryptedWithoutIntegrity: 9,
  marker: 10,
  encryptedWithIntegrity: 18,
  aeadEncrypted: 20,
  padding: 21,
} as const;

/** Of the data packet: `partial` pieces follow each other, the last of them with a length of its own. */
interface PacketHeader {
  tag: number;
  /** Undefined: until the source ends. */
  length: number | undefined;
  isPartial: boolean;
  /** As it was written. */
  bytes: Buffer;
}

export interface EncryptedMessage {
  /** The packets with session keys, as they were written. */
  sessionKeys: Buffer;
  data: PacketHeader;
}

/** Reads up to the encrypted data. @throws HikyakuError damaged-encryption */
export async function readSessionKeys(reader: ByteReader): Promise<EncryptedMessage> {
  const packets: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    const header = await readHeader(reader);
    if (!header) throw damaged('header');
    const isSessionKey = header.tag === packetTag.publicKeySessionKey || header.tag === packetTag.passphraseSessionKey;
    if (!isSessionKey && header.tag !== packetTag.marker && header.tag !== packetTag.padding) {
      return { sessionKeys: Buffer.concat(packets), data: header };
    }
    bytes += header.length ?? Infinity;
    if (header.isPartial || header.length === undefined || bytes > mostSessionKeyBytes) throw damaged('header');
    const body = await reader.exactly(header.length);
    if (!body) throw damaged('truncated');
    if (isSessionKey) packets.push(header.bytes, body);
  }
}

/** The body of a packet, piece by piece; it is the message's last. @throws HikyakuError damaged-encryption */
export async function* readBody(
  reader: ByteReader,
  { length, isPartial }: PacketHeader,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (length === undefined) {
    yield* reader.rest();
    return;
  }
  for (let left = length, mayFollow = isPartial; ;) {
    while (left > 0) {
      const piece = await reader.some(left);
      if (!piece) throw damaged('truncated');
      left -= piece.length;
      yield piece;
    }
    if (!mayFollow) break;
    const next = await readNewLength(reader);
    if (!next) throw damaged('truncated');
    left = next.length;
    mayFollow = next.isPartial;
  }
  if (await reader.some(1)) throw damaged('trailing');
}

const partialBits = 16;
const partialHeader = Buffer.from([0xe0 | partialBits]);

/** A body as a packet of unknown length has it: behind the packet's tag. */
export async function* inPartialLengths(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(body);
  const partialBytes = 2 ** partialBits;
  let held: Buffer = Buffer.alloc(0);
  for (let piece = await reader.some(partialBytes); piece; piece = await reader.some(partialBytes)) {
    held = Buffer.concat([held, piece]);
    if (held.length >= partialBytes) {
      yield partialHeader;
      yield held.subarray(0, partialBytes);
      held = held.subarray(partialBytes);
    }
  }
  const last = Buffer.alloc(5, 0xff);
  last.writeUInt32BE(held.length, 1);
  yield Buffer.concat([last, held]);
}

/** Undefined at the end of the source. */
async function readHeader(reader: ByteReader): Promise<PacketHeader | undefined> {
  const first = await reader.exactly(1);
  const type = first?.at(0);
  if (!first || type === undefined) return undefined;
  if ((type & 0x80) === 0) throw damaged('header');
  if ((type & 0x40) === 0) return readOldHeader(reader, first, type);
  const found = await readNewLength(reader);
  if (!found) throw damaged('truncated');
  const { length, isPartial } = found;
  return { tag: type & 0x3f, length, isPartial, bytes: Buffer.concat([first, found.bytes]) };
}

async function readOldHeader(reader: ByteReader, first: Buffer, type: number): Promise<PacketHeader> {
  const tag = (type >> 2) & 0x0f;
  const count = [1, 2, 4, 0][type & 3] ?? 0;
  if (count === 0) return { tag, length: undefined, isPartial: false, bytes: first };
  const bytes = await reader.exactly(count);
  if (!bytes) throw damaged('truncated');
  return { tag, length: bytes.readUIntBE(0, count), isPartial: false, bytes: Buffer.concat([first, bytes]) };
}

async function readNewLength(
  reader: ByteReader,
): Promise<{ length: number; isPartial: boolean; bytes: Buffer } | undefined> {
  const first = await reader.exactly(1);
  const octet = first?.at(0);
  if (!first || octet === undefined) return undefined;
  if (octet < 192) return { length: octet, isPartial: false, bytes: first };
  if (octet >= 224 && octet < 255) return { length: 2 ** (octet & 0x1f), isPartial: true, bytes: first };
  const more = await reader.exactly(octet === 255 ? 4 : 1);
  if (!more) return undefined;
  const length = octet === 255 ? more.readUInt32BE(0) : ((octet - 192) << 8) + more.readUInt8(0) + 192;
  return { length, isPartial: false, bytes: Buffer.concat([first, more]) };
}
