/** Addresses that share their first bits; both families as one number, told apart by their width. */
export interface IpRange {
  width: 32 | 128;
  address: bigint;
  prefixLength: number;
}

/** `203.0.113.0/24`, `2001:db8::/32`; a single address is a range of one. Undefined where it is neither. */
export function parseIpRange(text: string): IpRange | undefined {
  const [written = '', prefix, ...more] = text.split('/');
  const parsed = parseIpAddress(written);
  if (!parsed || more.length > 0) return undefined;
  if (prefix === undefined) return { ...parsed, prefixLength: parsed.width };
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > parsed.width) return undefined;
  return { ...parsed, prefixLength: Number(prefix) };
}

export function containsRange(range: IpRange, inner: IpRange): boolean {
  if (range.width !== inner.width || inner.prefixLength < range.prefixLength) return false;
  const shift = BigInt(range.width - range.prefixLength);
  return range.address >> shift === inner.address >> shift;
}

export function firstAddress({ width, address, prefixLength }: IpRange): bigint {
  const freeBits = BigInt(width - prefixLength);
  return (address >> freeBits) << freeBits;
}

export function lastAddress(range: IpRange): bigint {
  return firstAddress(range) + (1n << BigInt(range.width - range.prefixLength)) - 1n;
}

/** As `parseIpRange` takes it; IPv6 in full. */
export function writeIpAddress({ width, address }: Pick<IpRange, 'width' | 'address'>): string {
  const [groupBits, radix, mark] = width === 32 ? ([8, 10, '.'] as const) : ([16, 16, ':'] as const);
  const groups = Array.from({ length: width / groupBits }, (_, index) => {
    const bits = address >> BigInt(width - groupBits * (index + 1));
    return (bits & ((1n << BigInt(groupBits)) - 1n)).toString(radix);
  });
  return groups.join(mark);
}

function parseIpAddress(text: string): Pick<IpRange, 'width' | 'address'> | undefined {
  const width = text.includes(':') ? 128 : 32;
  const address = width === 128 ? parseIpv6(text) : parseIpv4(text);
  return address === undefined ? undefined : { width, address };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  const lastColon = text.lastIndexOf(':');
  const embedded = text.includes('.') ? parseIpv4(text.slice(lastColon + 1)) : undefined;
  if (text.includes('.') && embedded === undefined) return undefined;
  const words =
    embedded === undefined
      ? text
      : `${text.slice(0, lastColon + 1)}${(embedded >> 16n).toString(16)}:${(embedded & 0xffffn).toString(16)}`;
  const halves = words.split('::');
  if (halves.length > 2) return undefined;
  const [left, right = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!left) return undefined;
  const missing = 8 - left.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n);
}
