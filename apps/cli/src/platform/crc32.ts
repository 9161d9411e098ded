import { createRequire } from 'node:module';
import { crc32cInJavaScript } from './crc32-in-javascript.ts';

type Crc32c = (bytes: Buffer, before?: number) => number;

/**
 * Stands in the published package for `@node-rs/crc32`, which is native: there may be none for a platform, or nobody installed
 * it.
 */
export const crc32c: Crc32c = loadNative() ?? crc32cInJavaScript;

function loadNative(): Crc32c | undefined {
  try {
    const loaded: unknown = createRequire(import.meta.url)('@node-rs/crc32');
    if (typeof loaded !== 'object' || loaded === null || !('crc32c' in loaded)) return undefined;
    const { crc32c: native } = loaded;
    return typeof native === 'function' ? (bytes, before) => Number(native(bytes, before)) : undefined;
  } catch {
    return undefined;
  }
}
