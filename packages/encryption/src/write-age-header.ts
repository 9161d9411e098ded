import { HikyakuError } from '@hikyaku/types';

// For browsers too: no module of Node's.

/** How a binary age file of any version begins. */
export const ageBeginning = 'age-encryption.org/';

/** The first line of every file of this version. */
export const ageIntroduction = `${ageBeginning}v1\n`;

/** Each costs an agreement of keys per identity that is tried. */
export const mostStanzas = 500;

export const columnsPerLine = 64;

/** One way to the file key: for one recipient. */
export interface Stanza {
  type: string;
  arguments: string[];
  body: Uint8Array;
}

/**
 * The whole header, to the LF of its last line.
 *
 * @param macOf the MAC over the text up to and with the `---`
 * @throws HikyakuError `invalid-input` for no stanza, or more than readers take
 */
export function writeAgeHeader(
  stanzas: readonly Stanza[],
  macOf: (authenticated: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  if (stanzas.length === 0 || stanzas.length > mostStanzas) {
    throw new HikyakuError('invalid-input', { details: { field: 'recipient' } });
  }
  const text = `${ageIntroduction}${stanzas.map(writeStanza).join('')}---`;
  const encoder = new TextEncoder();
  return encoder.encode(`${text} ${encodeBase64(macOf(encoder.encode(text)))}\n`);
}

function writeStanza(stanza: Stanza): string {
  const body = encodeBase64(stanza.body);
  const lines: string[] = [];
  // A body that ends with a full line is followed by an empty one.
  for (let start = 0; start <= body.length; start += columnsPerLine) {
    lines.push(body.slice(start, start + columnsPerLine));
  }
  return `-> ${[stanza.type, ...stanza.arguments].join(' ')}\n${lines.join('\n')}\n`;
}

/** Canonical base64 without padding, of a few bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, '');
}
