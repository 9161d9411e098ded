/** A number as it is written, without rounding: `digits` times ten to the power of `exponent`. */
interface Decimal {
  isNegative: boolean;
  /** Without zeros at either end; empty for zero. */
  digits: string;
  exponent: number;
}

/** Up to so many digits two numbers are told apart by what they are in a double. */
const digitsOfDouble = 15;

/** Of a cell that is a number by its pattern. */
function readDecimal(text: string): Decimal {
  const [, sign, whole = '', fraction = '', power = '0'] = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const leading = (whole + fraction).replace(/^0+/, '');
  const digits = leading.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + leading.length - digits.length;
  return { isNegative: sign === '-' && digits !== '', digits, exponent: digits === '' ? 0 : exponent };
}

/** The same for every way to write the same number. */
export function decimalKey(text: string): string {
  // Most keys are written as they are told.
  if (/^[1-9][0-9]*$/.test(text) && !text.endsWith('0')) return `${text}e0`;
  const { isNegative, digits, exponent } = readDecimal(text);
  return `${isNegative ? '-' : ''}${digits}e${exponent}`;
}

/** Below 0 where `a` is the smaller one, 0 where they are the same number. */
export function compareDecimals(a: string, b: string): number {
  if (a.length <= digitsOfDouble && b.length <= digitsOfDouble && !hasPower(a) && !hasPower(b))
    return Number(a) - Number(b);
  const [x, y] = [readDecimal(a), readDecimal(b)];
  const lowest = Math.min(x.exponent, y.exponent);
  const difference = scaled(x, lowest) - scaled(y, lowest);
  return difference < 0n ? -1 : Number(difference > 0n);
}

function hasPower(text: string): boolean {
  return text.includes('e') || text.includes('E');
}

/** Exponents have three digits at most: no number here is longer than some thousand digits. */
function scaled({ isNegative, digits, exponent }: Decimal, lowest: number): bigint {
  const size = BigInt(digits || '0') * 10n ** BigInt(exponent - lowest);
  return isNegative ? -size : size;
}
