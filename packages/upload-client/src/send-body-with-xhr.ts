import { HikyakuError } from '@hikyaku/types';
import { headersToSet } from './headers-to-set.ts';
import type { SendBodyAnswer, SendBodyRequest } from './send-body.ts';

/** For browsers. `fetch` can't tell how much of a body has been sent, so it is XMLHttpRequest. */
export function sendBodyWithXhr({ put, body, onProgress, signal }: SendBodyRequest): Promise<SendBodyAnswer> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = new XMLHttpRequest();
    const cancel = () => {
      request.abort();
      reject(signal.reason);
    };
    signal.addEventListener('abort', cancel, { once: true });
    request.addEventListener('loadend', () => signal.removeEventListener('abort', cancel));
    request.addEventListener('load', () => resolve({ status: request.status, text: request.responseText }));
    request.addEventListener('error', () => reject(new HikyakuError('network', { retriable: true })));
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded));

    request.open('PUT', put.url);
    for (const [name, value] of headersToSet(put)) request.setRequestHeader(name, value);
    // A slice has no type, so that the browser adds no Content-Type that was not signed.
    request.send(body.slice());
  });
}
