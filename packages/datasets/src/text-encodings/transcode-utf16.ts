import type { TranscodeStep } from './transcode-step.ts';
import { noCharacter, writeUtf8 } from './write-utf8.ts';

/** UTF-16 in either byte order. A surrogate without its other half, and half a character at the end, are no character. */
export function transcodeUtf16(byteOrder: 'little' | 'big'): TranscodeStep {
  const low = byteOrder === 'little' ? 0 : 1;
  return (input, output, isLast) => {
    const length = input.length;
    const unitAt = (at: number) => input[at + low]! | (input[at + 1 - low]! << 8);
    let from = 0;
    let to = 0;
    while (from + 1 < length) {
      const unit = unitAt(from);
      if (unit < 0xd800 || unit > 0xdfff) {
        to = writeUtf8(output, to, unit);
        from += 2;
        continue;
      }
      if (from + 3 >= length && !isLast) break;
      const next = unit < 0xdc00 && from + 3 < length ? unitAt(from + 2) : 0;
      if (next >= 0xdc00 && next <= 0xdfff) {
        const point = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
        output[to++] = 0xf0 | (point >> 18);
        output[to++] = 0x80 | ((point >> 12) & 0x3f);
        output[to++] = 0x80 | ((point >> 6) & 0x3f);
        output[to++] = 0x80 | (point & 0x3f);
        from += 4;
      } else {
        output[to++] = noCharacter;
        from += 2;
      }
    }
    if (isLast && from < length) {
      output[to++] = noCharacter;
      from = length;
    }
    return { bytesRead: from, bytesWritten: to };
  };
}
