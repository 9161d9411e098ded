import { armorColumns, armorFooter, armorHeader, armorLineBytes } from './armor.ts';

const fullLine = new RegExp(`.{${armorColumns}}`, 'g');

/** The same bytes as text that survives mail and copying. Holds less than one line. */
export async function* writeArmor(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`${armorHeader}\n`);
  let rest: Uint8Array = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % armorLineBytes);
    // A copy: whoever made the chunk may use its memory again.
    rest = Buffer.from(bytes.subarray(whole));
    if (whole > 0) yield Buffer.from(base64(bytes.subarray(0, whole)).replace(fullLine, '$&\n'), 'latin1');
  }
  const last = rest.length === 0 ? '' : `${base64(rest)}\n`;
  yield Buffer.from(`${last}${armorFooter}\n`);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}
