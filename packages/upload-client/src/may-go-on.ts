import type { ErrorCode, HikyakuError } from '@hikyaku/types';

/** Passes when somebody has done something (signed in, made room, set a clock), or by itself, without the file being another one. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unauthenticated',
  'internal',
  'rate-limited',
  'clock-skew',
  'body-limit',
  'storage-full',
  'storage-key-denied',
]);

/** Whether a later try may do better with what was sent so far: then it is kept. */
export function mayGoOn({ code, retriable }: HikyakuError): boolean {
  return retriable || passing.has(code);
}
