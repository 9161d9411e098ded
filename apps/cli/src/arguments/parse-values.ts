import { CommandFailure } from '../command-failure.ts';

const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400 } as const;

/** `90`, `90s`, `15m`, `1h`, `7d` → seconds, at least 1. @throws CommandFailure not-a-duration */
export function parseSeconds(input: string): number {
  const [, digits = '', unit = 's'] = /^(\d{1,9})([smhd])?$/.exec(input) ?? [];
  const seconds = Number(digits) * (isUnit(unit) ? unitSeconds[unit] : 1);
  if (!digits || seconds < 1) throw new CommandFailure('not-a-duration', { input });
  return seconds;
}

function isUnit(unit: string): unit is keyof typeof unitSeconds {
  return Object.hasOwn(unitSeconds, unit);
}

/** @throws CommandFailure not-a-number */
export function parseCount(input: string): number {
  return parseWhole(input, 1);
}

/** @throws CommandFailure not-a-number */
export function parseBytes(input: string): number {
  return parseWhole(input, 0);
}

function parseWhole(input: string, least: number): number {
  const count = Number(input);
  if (!/^\d{1,15}$/.test(input) || count < least) throw new CommandFailure('not-a-number', { input, least });
  return count;
}

/** In hexadecimal, as `sha256sum` writes it. @throws CommandFailure not-a-digest */
export function parseSha256(input: string): string {
  if (!/^[0-9a-f]{64}$/i.test(input)) throw new CommandFailure('not-a-digest', { input });
  return input.toLowerCase();
}

export function parseText(input: string): string {
  return input;
}
