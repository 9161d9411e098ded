import { expect, test } from 'vitest';
import { judgeCertificate } from './judge-certificate.ts';

const certificate = {
  issuer: { C: '', ST: '', L: '', O: 'Amazon', OU: '', CN: 'Amazon RSA 2048 M01' },
  valid_to: 'Dec 10 12:00:00 2026 GMT',
};
const trusted = { authorized: true, authorizationError: null, certificate };

test.each([
  ['2026-11-22', 'ok', undefined],
  ['2026-11-26T12:00:01Z', 'warn', 'certificate-ending'],
])('on %s it is %s', (day, state, reason) => {
  expect(judgeCertificate(trusted, new Date(day), { latency: 3 })).toEqual({
    state,
    ...(reason ? { reason } : {}),
    details: { latency: 3, issuer: 'Amazon Amazon RSA 2048 M01', validTo: certificate.valid_to },
  });
});

test('one that nobody vouches for says by whom it is, and why it is not trusted', () => {
  const shown = { authorized: false, authorizationError: new Error('SELF_SIGNED'), certificate };
  expect(() => judgeCertificate(shown, new Date(), {})).toThrow(
    expect.objectContaining({
      code: 'untrusted-certificate',
      details: expect.objectContaining({ cause: 'SELF_SIGNED', issuer: 'Amazon Amazon RSA 2048 M01' }),
    }),
  );
});
