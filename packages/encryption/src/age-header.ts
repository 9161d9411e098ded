import { damaged } from './damaged.ts';
import {
  ageBeginning,
  ageIntroduction,
  columnsPerLine,
  encodeBase64,
  mostStanzas,
  type Stanza,
} from './write-age-header.ts';

/** Of this many recipients; what is longer than this without an end is no header. */
const longestHeaderBytes = 64 * 1024;

const macBytes = 32;
const printable = /^[\x21-\x7e]+$/;

export interface AgeHeader {
  stanzas: Stanza[];
  mac: Uint8Array;
  /** What the MAC is over: from the first byte to the `---` of the last line. */
  authenticated: Uint8Array;
}

/**
 * Where the header ends (its last line's LF is the byte before), or undefined while more bytes are needed.
 *
 * @throws HikyakuError damaged-encryption: not the first line of such a file, or longer than any header
 */
export function findHeaderEnd(bytes: Buffer): number | undefined {
  const begins = bytes.subarray(0, ageIntroduction.length).toString('latin1');
  if (!ageIntroduction.startsWith(begins)) throw damaged(begins.startsWith(ageBeginning) ? 'header' : 'not-age');
  const mark = bytes.indexOf('\n---');
  const end = mark === -1 ? -1 : bytes.indexOf('\n', mark + 1);
  if (end !== -1 && end < longestHeaderBytes) return end + 1;
  if (end !== -1 || bytes.length >= longestHeaderBytes) throw damaged('header');
  return undefined;
}

/** `header` from the first byte to the LF of its last line. @throws HikyakuError damaged-encryption */
export function parseAgeHeader(header: Buffer): AgeHeader {
  const lines = header.toString('latin1').slice(0, -1).split('\n');
  const last = lines.pop() ?? '';
  const mac = last.startsWith('--- ') ? decodeBase64(last.slice(4)) : undefined;
  if (mac?.length !== macBytes) throw damaged('header');
  const stanzas = parseStanzas(lines.slice(1));
  const authenticated = header.subarray(0, header.length - last.length - 1 + '---'.length);
  return { stanzas, mac, authenticated };
}

/** Canonical base64 without padding; undefined for anything else. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64');
  return encodeBase64(bytes) === text ? bytes : undefined;
}

function parseStanzas(lines: string[]): Stanza[] {
  const stanzas: Stanza[] = [];
  let next = 0;
  while (next < lines.length) {
    const [arrow, type, ...words] = (lines[next++] ?? '').split(' ');
    if (arrow !== '->' || type === undefined || ![type, ...words].every((word) => printable.test(word))) {
      throw damaged('header');
    }
    let body = '';
    let line: string | undefined;
    do {
      line = lines[next++];
      // The line that ends a body is shorter than the others; a body without one is cut off.
      if (line === undefined || line.length > columnsPerLine) throw damaged('header');
      body += line;
    } while (line.length === columnsPerLine);
    const bytes = decodeBase64(body);
    if (!bytes) throw damaged('header');
    stanzas.push({ type, arguments: words, body: bytes });
  }
  if (stanzas.length === 0 || stanzas.length > mostStanzas) throw damaged('header');
  return stanzas;
}
