import type { Check } from '../check.ts';

const usualAddress = 'http://169.254.169.254';
/** A machine that isn't on EC2 has nobody there who would answer. */
const patienceMilliseconds = 1_000;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
export const instanceMetadata: Check = {
  id: 'instance-metadata',
  standsOn: [],
  async look({ environment }, signal) {
    if (environment['AWS_EC2_METADATA_DISABLED'] === 'true') return { state: 'skipped', reason: 'switched-off' };
    const address = environment['AWS_EC2_METADATA_SERVICE_ENDPOINT'] ?? usualAddress;
    const ask = (path: string, init: RequestInit = {}) =>
      fetch(new URL(`/latest/${path}`, address), {
        ...init,
        signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)]),
      }).catch(() => undefined);
    const token = await ask('api/token', {
      method: 'PUT',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' },
    });
    signal.throwIfAborted();
    if (!token?.ok) return { state: 'skipped', reason: 'not-on-ec2' };
    const headers = { 'x-aws-ec2-metadata-token': await token.text() };
    const role = await ask('meta-data/iam/security-credentials/', { headers });
    if (!role?.ok) return { state: 'warn', reason: 'no-instance-role' };
    const details = { role: (await role.text()).trim() };
    const withoutToken = await ask('meta-data/');
    signal.throwIfAborted();
    return withoutToken?.ok ? { state: 'warn', reason: 'metadata-without-token', details } : { state: 'ok', details };
  },
};
