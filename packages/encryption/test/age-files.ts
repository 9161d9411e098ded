import { type AgeSecrets, decryptAge, readArmor } from '../src/index.ts';

/** The bytes in pieces of a size of their own, as a network hands them out. */
export async function* piecesOf(bytes: Uint8Array, pieceBytes = 10_007): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += pieceBytes) yield bytes.subarray(start, start + pieceBytes);
}

export async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What came out before the end, and the error that ended it, if one did. */
export async function decryptUntilError(
  file: Uint8Array,
  secrets: AgeSecrets | string[],
  pieceBytes?: number,
  isArmored = false,
): Promise<{ plain: Buffer; error: unknown }> {
  const chunks: Uint8Array[] = [];
  try {
    const pieces = piecesOf(file, pieceBytes);
    const bytes = isArmored ? readArmor(pieces) : pieces;
    const all = Array.isArray(secrets) ? { identities: secrets } : secrets;
    for await (const chunk of decryptAge(bytes, all)) chunks.push(chunk);
    return { plain: Buffer.concat(chunks), error: undefined };
  } catch (error) {
    return { plain: Buffer.concat(chunks), error };
  }
}
