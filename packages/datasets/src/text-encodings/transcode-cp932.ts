import { cp932 } from './double-bytes.ts';
import type { TranscodeStep } from './transcode-step.ts';
import { noCharacter, writeUtf8 } from './write-utf8.ts';

/** The first half-width character is U+FF61. */
const halfWidthShift = 0xff61 - 0xa1;

/**
 * CP932 as Windows reads it. A first byte without its second refuses itself alone where an ASCII byte follows, so that no
 * line end and no delimiter is lost with it. 0x80, 0xA0 and 0xFD–0xFF are characters to Windows and to nobody else: refused.
 */
export function transcodeCp932(): TranscodeStep {
  const units = cp932();
  return (input, output, isLast) => {
    const length = input.length;
    let from = 0;
    let to = 0;
    while (from < length) {
      const byte = input[from]!;
      if (byte < 0x80) {
        output[to++] = byte;
        from++;
      } else if (byte > 0xa0 && byte < 0xe0) {
        to = writeUtf8(output, to, byte + halfWidthShift);
        from++;
      } else if (byte === 0x80 || byte === 0xa0 || byte > 0xfc) {
        output[to++] = noCharacter;
        from++;
      } else if (from + 1 === length && !isLast) {
        break;
      } else {
        const trail = from + 1 < length ? input[from + 1]! : 0;
        const unit = units[byte * 256 + trail]!;
        if (unit === 0) output[to++] = noCharacter;
        else to = writeUtf8(output, to, unit);
        from += unit === 0 && trail < 0x80 ? 1 : 2;
      }
    }
    return { bytesRead: Math.min(from, length), bytesWritten: to };
  };
}
