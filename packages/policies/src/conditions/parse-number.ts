/** Integers and decimals; undefined where it is none. */
export function parseNumber(text: string): number | undefined {
  return /^[+-]?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : undefined;
}
