import type { StorageErrorCode } from '@hikyaku/types';

const timeouts = new Set([
  'ETIMEDOUT',
  'ESOCKETTIMEDOUT',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
]);
const certificates = /^(CERT_|ERR_TLS_CERT|ERR_SSL|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_)/;
const connections = /^(E[A-Z]{3,}|UND_ERR_|HPE_|ERR_STREAM_PREMATURE_CLOSE)/;

/** What Node, its HTTP client or the SDK said before an answer came, or in the middle of one; undefined where it wasn't they. */
export function codeOfConnectionError(error: Error): StorageErrorCode | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (timeouts.has(code)) return 'timeout';
  if (certificates.test(code)) return 'untrusted-certificate';
  if (connections.test(code)) return 'network';
  // Last, for the SDK gives this name to connections that were reset, too.
  return error.name === 'TimeoutError' ? 'timeout' : undefined;
}
