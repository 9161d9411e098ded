import { damaged } from '../damaged.ts';

const beginning = '-----BEGIN PGP MESSAGE-----';
const ending = '-----END PGP MESSAGE-----';
/** Of a line: RFC 9580 writes 76 columns at most; headers are longer. */
const longestLineBytes = 1_024;
const mostHeaderLines = 100;
const mostBytesAround = 1_024;
const base64Alphabet = /^[A-Za-z0-9+/]*$/;

/**
 * The bytes inside the armor of OpenPGP: headers and the checksum are passed over (what is inside protects itself), all
 * else is as RFC 9580 has it. Holds what one chunk brings.
 *
 * @throws HikyakuError `damaged-encryption` (damage: `armor`, `truncated`, `trailing`); errors of the source as they are
 */
export async function* readOpenPgpArmor(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new OpenPgpArmorReader();
  for await (const chunk of source) {
    const bytes = reader.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1'));
    if (bytes.length > 0) yield bytes;
  }
  reader.finish();
}

class OpenPgpArmorReader {
  #state: 'before' | 'headers' | 'body' | 'checksum' | 'behind' = 'before';
  #rest = '';
  #base64 = '';
  #around = 0;
  #headerLines = 0;
  #hasPadding = false;

  push(chunk: string): Buffer {
    const text = this.#rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    this.#rest = text.slice(end);
    if (this.#rest.length > longestLineBytes) throw damaged('armor');
    for (const line of text.slice(0, end).split('\n').slice(0, -1)) this.#line(line.trimEnd());
    return this.#decode();
  }

  finish(): void {
    this.#line(this.#rest.trimEnd());
    if (this.#state === 'before') throw damaged('armor');
    if (this.#state !== 'behind') throw damaged('truncated');
  }

  #line(line: string): void {
    if (line.length > longestLineBytes) throw damaged('armor');
    if (this.#state === 'body' && line !== '' && !line.startsWith('-') && !line.startsWith('=')) this.#body(line);
    else if (this.#state === 'before') this.#before(line);
    else if (this.#state === 'headers') this.#header(line);
    else if (this.#state === 'behind') this.#behind(line);
    else if (line === ending) this.#end();
    else if (line.startsWith('=') && this.#state === 'body') this.#state = 'checksum';
    else if (line !== '') throw damaged('armor');
  }

  #before(line: string): void {
    this.#countAround(line);
    if (line === beginning) this.#state = 'headers';
    else if (line !== '') throw damaged('armor');
  }

  #header(line: string): void {
    this.#headerLines += 1;
    if (line === '') this.#state = 'body';
    else if (this.#headerLines > mostHeaderLines || !line.includes(':')) throw damaged('armor');
  }

  #body(line: string): void {
    const withoutPadding = line.replace(/={1,2}$/, '');
    if (this.#hasPadding || !base64Alphabet.test(withoutPadding)) throw damaged('armor');
    this.#hasPadding = withoutPadding !== line;
    this.#base64 += line;
  }

  #end(): void {
    if (this.#base64.length % 4 !== 0) throw damaged('armor');
    this.#state = 'behind';
    this.#around = 0;
  }

  #behind(line: string): void {
    this.#countAround(line);
    if (line !== '') throw damaged('trailing');
  }

  #countAround(line: string): void {
    this.#around += line.length + 1;
    if (this.#around > mostBytesAround) throw damaged(this.#state === 'behind' ? 'trailing' : 'armor');
  }

  /** Four characters are three bytes; what is left waits for the next line. */
  #decode(): Buffer {
    const whole = this.#base64.length - (this.#base64.length % 4);
    const text = this.#base64.slice(0, whole);
    this.#base64 = this.#base64.slice(whole);
    return Buffer.from(text, 'base64');
  }
}
