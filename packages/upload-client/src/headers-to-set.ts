import type { PresignedPut } from './upload-port.ts';

// These follow from the URL and the body. A browser lets nobody set them.
const setByTransport = new Set(['host', 'content-length']);

/** The signed headers that a sender sets itself. */
export function headersToSet(put: PresignedPut): [name: string, value: string][] {
  return Object.entries(put.headers).filter(([name]) => !setByTransport.has(name.toLowerCase()));
}
