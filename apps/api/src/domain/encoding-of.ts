import { encodeText, type TextEncoding, Transcoder } from '@hikyaku/datasets/reading';
import { fileEncoding } from '@hikyaku/types';

/** As the registry of character sets calls them. */
const charsets: Record<TextEncoding, string> = {
  'utf-8': 'utf-8',
  cp932: 'windows-31j',
  'euc-jp': 'euc-jp',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
};

export interface Encoding {
  charset: string;
  /** A text of ours; what the encoding can't write becomes what it can. */
  encode: (text: string) => Buffer;
  /** What was sent; what is no character becomes U+FFFD. */
  decode: (bytes: Uint8Array) => string;
}

/** @param name as the ledger has it; one that nobody knows any more is read as UTF-8 */
export function encodingOf(name: string): Encoding {
  const encoding = fileEncoding.exclude(['auto']).catch('utf-8').parse(name);
  return {
    charset: charsets[encoding],
    encode: (text) => Buffer.from(encodeText(text, encoding)),
    decode(bytes) {
      const transcoder = new Transcoder(encoding);
      return Buffer.concat([Buffer.from(transcoder.push(bytes)), transcoder.finish()]).toString();
    },
  };
}
