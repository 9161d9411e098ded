/**
 * What an OpenPGP file begins with. `encrypted`: a session key for somebody, or encrypted data. `signed`: a signature, or
 * compressed data with whatever in it. `armored`: the same as text.
 */
export type OpenPgpKind = 'encrypted' | 'signed' | 'armored';

const armorBeginning = '-----BEGIN PGP MESSAGE-----';

const packetKinds: Record<number, { kind: OpenPgpKind; versions: readonly number[] }> = {
  // Public-key encrypted session key.
  1: { kind: 'encrypted', versions: [3, 6] },
  // Symmetric-key encrypted session key.
  3: { kind: 'encrypted', versions: [4, 5, 6] },
  // One-pass signature.
  4: { kind: 'signed', versions: [3, 6] },
  // Compressed data; its first byte is the algorithm.
  8: { kind: 'signed', versions: [0, 1, 2, 3] },
};

/**
 * Undefined for what is no OpenPGP message. Tag, length and version together: text in no encoding has a control character as
 * its third or fourth byte behind such a first one.
 *
 * @param head the file's first bytes, at least 8 where it has so many
 */
export function openPgpKindOf(head: Uint8Array): OpenPgpKind | undefined {
  const text = new TextDecoder('latin1').decode(head).trimStart();
  if (text.startsWith(armorBeginning)) return 'armored';
  const [first = 0] = head;
  if ((first & 0x80) === 0) return undefined;
  const isNewForm = (first & 0x40) !== 0;
  const found = packetKinds[isNewForm ? first & 0x3f : (first >> 2) & 0x0f];
  const at = isNewForm ? afterNewLength(head) : afterOldLength(first);
  const version = head[at];
  if (!found || version === undefined || !found.versions.includes(version)) return undefined;
  return found.kind;
}

/**
 * What an OpenPGP file is whatever it is written in: of armor, what the text stands for. Undefined for what is no message, and
 * where the head ends before that shows.
 *
 * @param head the file's first bytes, some hundred where it has so many
 */
export function openPgpContentOf(head: Uint8Array): 'encrypted' | 'signed' | undefined {
  const kind = openPgpKindOf(head);
  if (kind !== 'armored') return kind;
  const inside = openPgpKindOf(firstArmoredBytes(new TextDecoder('latin1').decode(head).trimStart()));
  return inside === 'armored' ? undefined : inside;
}

/** The first line behind the headers is enough for a kind, and a short one may be all there is. */
function firstArmoredBytes(text: string): Uint8Array {
  const [, base64 = ''] =
    /^-----BEGIN PGP MESSAGE-----[^\n]*\n(?:[^\n]*:[^\n]*\n)*[^\S\n]*\n([A-Za-z0-9+/]*)/.exec(text) ?? [];
  const whole = base64.slice(0, base64.length - (base64.length % 4));
  return Uint8Array.from(atob(whole), (character) => character.charCodeAt(0));
}

function afterOldLength(first: number): number {
  // One, two or four bytes of length, or none: until the end of the file.
  return [2, 3, 5, 1][first & 3] ?? 1;
}

function afterNewLength(head: Uint8Array): number {
  const length = head[1] ?? 0;
  if (length < 192 || length >= 224) return length === 255 ? 6 : 2;
  return 3;
}
