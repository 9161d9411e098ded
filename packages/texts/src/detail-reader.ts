import type { ErrorDetails, Locale } from '@hikyaku/types';
import { formatBytes } from './format-bytes.ts';
import { formatCount } from './format-count.ts';
import { formatDuration } from './format-duration.ts';
import { oneLine } from './one-line.ts';

/** Reads an error's details for a sentence. What is missing or of the wrong kind is undefined, so that no text prints it. */
export interface DetailReader {
  /** Words of someone else's making: a column's name, a file type. */
  words(name: string): string | undefined;
  /** A public key, short enough to read and long enough to tell it from another. */
  key(name: string): string | undefined;
  count(name: string): string | undefined;
  bytes(name: string): string | undefined;
  duration(name: string): string | undefined;
}

export function readDetails(details: ErrorDetails, locale: Locale): DetailReader {
  const number = (name: string) => {
    const value = details[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
  const formatted = (name: string, format: (value: number, locale: Locale) => string) => {
    const value = number(name);
    return value === undefined ? undefined : format(value, locale);
  };
  return {
    words: (name) => oneLine(String(details[name] ?? '')) || undefined,
    key: (name) => shortKey(String(details[name] ?? '')),
    count: (name) => formatted(name, formatCount),
    bytes: (name) => formatted(name, formatBytes),
    duration: (name) => formatted(name, formatDuration),
  };
}

/** A piece of a sentence that is said only when all its values are known. */
export function phrase<Names extends string[]>(
  values: { [K in keyof Names]: Names[K] | undefined },
  say: (...known: Names) => string,
): string {
  return areKnown(values) ? say(...values) : '';
}

function areKnown<Names extends string[]>(values: { [K in keyof Names]: Names[K] | undefined }): values is Names {
  return !values.includes(undefined);
}

/** `age1…q7f`: all keys begin alike, so the end tells them apart. Of OpenPGP's fingerprints the end is the key id. */
function shortKey(key: string): string | undefined {
  if (/^[0-9A-F]{40}$/.test(key)) return key.slice(-16);
  return /^age1[a-z0-9]+$/.test(key) ? `age1…${key.slice(-6)}` : undefined;
}
