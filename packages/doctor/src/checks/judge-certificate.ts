import type { PeerCertificate } from 'node:tls';
import { failureOf } from '@hikyaku/s3-core/errors';
import type { ErrorDetails } from '@hikyaku/types';
import type { Outcome } from '../check.ts';

const dayMilliseconds = 86_400_000;
const endingDays = 14;

/**
 * Whether it is S3 that answers, by whose word, and for how long still. A certificate by an office's own authority means that a
 * proxy opens the connection.
 *
 * @throws HikyakuError untrusted-certificate
 */
export function judgeCertificate(
  shown: {
    authorized: boolean;
    authorizationError: Error | string | null | undefined;
    certificate: Pick<PeerCertificate, 'issuer' | 'valid_to'>;
  },
  now: Date,
  known: ErrorDetails,
): Outcome {
  const { authorized, authorizationError, certificate } = shown;
  const issuer = [certificate.issuer.O, certificate.issuer.CN].flat().filter(Boolean).join(' ');
  const details = { ...known, issuer, validTo: certificate.valid_to };
  if (!authorized) {
    const cause = authorizationError instanceof Error ? authorizationError.message : (authorizationError ?? 'unknown');
    throw failureOf('untrusted-certificate', { details: { ...details, cause } });
  }
  const days = (Date.parse(certificate.valid_to) - now.getTime()) / dayMilliseconds;
  return days < endingDays ? { state: 'warn', reason: 'certificate-ending', details } : { state: 'ok', details };
}
