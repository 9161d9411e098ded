import { type TextEncoding, Transcoder } from '@hikyaku/datasets/reading';

/** What a text has in it when it is read in one encoding; the character it breaks off in is left out. */
export interface TextMeasure {
  characters: number;
  /** Bytes that are no character, and characters that no text has. */
  broken: number;
  halfWidthKana: number;
  /** Kanji, kana and whatever else is not of the alphabets. */
  wide: number;
}

export function measureText(bytes: Uint8Array, encoding: TextEncoding): TextMeasure {
  const text = new TextDecoder().decode(new Transcoder(encoding).push(bytes), { stream: true });
  const measure: TextMeasure = { characters: text.length, broken: 0, halfWidthKana: 0, wide: 0 };
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code === 0xfffd || isControl(code)) measure.broken++;
    else if (code >= 0xff61 && code <= 0xff9f) measure.halfWidthKana++;
    else if (code >= 0x2000) measure.wide++;
  }
  return measure;
}

function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d) || (code >= 0x7f && code < 0xa0);
}
