import { cp932Rows } from './cp932-rows.ts';
import { jisX0212Rows } from './jis-x-0212-rows.ts';

const unassigned = '\uFFFD';
const userDefinedFrom = 0xf0;
const userDefinedTo = 0xf9;
const trailsOfRow = 188;

/** By both bytes of a character, the first times 256 plus the second, its UTF-16 code unit; 0 where there is none. */
export type DoubleBytes = Uint16Array;

/** The n-th second byte of CP932: 0x40–0x7E, 0x80–0xFC. */
function cp932Trail(index: number): number {
  return index < 63 ? 0x40 + index : 0x41 + index;
}

function makeCp932(): DoubleBytes {
  const units = new Uint16Array(0x10000);
  for (const [lead, characters] of Object.entries(cp932Rows)) {
    for (let index = 0; index < characters.length; index++) {
      if (characters[index] !== unassigned)
        units[Number(lead) * 256 + cp932Trail(index)] = characters.charCodeAt(index);
    }
  }
  let userDefined = 0xe000;
  for (let lead = userDefinedFrom; lead <= userDefinedTo; lead++) {
    for (let index = 0; index < trailsOfRow; index++) units[lead * 256 + cp932Trail(index)] = userDefined++;
  }
  return units;
}

/** JIS rows 1–94 as CP932 has them, two in each first byte: what EUC-JP writes in two bytes. */
function makeEucJp(): DoubleBytes {
  const units = new Uint16Array(0x10000);
  for (let row = 1; row <= 94; row++) {
    const pair = (row - 1) >> 1;
    const lead = pair + (pair < 31 ? 0x81 : 0xc1);
    for (let cell = 1; cell <= 94; cell++) {
      const trail = cp932Trail(cell - 1 + (row % 2 === 0 ? 94 : 0));
      units[(row + 0xa0) * 256 + cell + 0xa0] = cp932()[lead * 256 + trail]!;
    }
  }
  return units;
}

function makeJisX0212(): DoubleBytes {
  const units = new Uint16Array(0x10000);
  for (const [row, characters] of Object.entries(jisX0212Rows)) {
    for (let index = 0; index < characters.length; index++) {
      if (characters[index] !== unassigned)
        units[(Number(row) + 0xa0) * 256 + index + 0xa1] = characters.charCodeAt(index);
    }
  }
  return units;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** Made when the first file needs them: 128 KiB each. */
export const cp932 = once(makeCp932);
export const eucJp = once(makeEucJp);
/** Behind 0x8F. */
export const jisX0212 = once(makeJisX0212);
