import { eucJp, jisX0212 } from './double-bytes.ts';
import type { TranscodeStep } from './transcode-step.ts';
import { noCharacter, writeUtf8 } from './write-utf8.ts';

const halfWidthFollows = 0x8e;
const jisX0212Follows = 0x8f;
const halfWidthShift = 0xff61 - 0xa1;

/**
 * EUC-JP as Windows (CP51932) and eucJP-ms write it: rows 13 and 89–92 have NEC's characters, JIS X 0212 behind 0x8F has IBM's
 * in rows 83 and 84. What is broken refuses its bytes up to the next ASCII byte or the end of the character.
 */
export function transcodeEucJp(): TranscodeStep {
  const units = eucJp();
  const threeByteUnits = jisX0212();
  return (input, output, isLast) => {
    const length = input.length;
    let from = 0;
    let to = 0;
    while (from < length) {
      const byte = input[from]!;
      if (byte < 0x80) {
        output[to++] = byte;
        from++;
        continue;
      }
      const size = byte === jisX0212Follows ? 3 : 2;
      if (from + size > length && !isLast) break;
      const second = from + 1 < length ? input[from + 1]! : 0;
      const third = size === 3 && from + 2 < length ? input[from + 2]! : 0;
      let unit = 0;
      if (size === 3) unit = threeByteUnits[second * 256 + third]!;
      else if (byte !== halfWidthFollows) unit = units[byte * 256 + second]!;
      else if (second > 0xa0 && second < 0xe0) unit = second + halfWidthShift;
      if (unit !== 0) {
        to = writeUtf8(output, to, unit);
        from += size;
      } else {
        output[to++] = noCharacter;
        from += second < 0x80 ? 1 : size === 3 && third < 0x80 ? 2 : size;
      }
    }
    return { bytesRead: Math.min(from, length), bytesWritten: to };
  };
}
