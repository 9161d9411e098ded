import type { Check } from '../check.ts';

/** That the key may be used the writing and the reading have shown; this says whether it was used. */
export const encryption: Check = {
  id: 'encryption',
  standsOn: ['write'],
  async look({ kmsKeyId, probe: { written } }) {
    const details = { encryption: written?.encryption ?? 'none', keyId: written?.kmsKeyId ?? '' };
    if (!kmsKeyId) return { state: 'ok', details };
    const isAsWanted = written?.encryption === 'aws:kms' && names(written.kmsKeyId ?? '', kmsKeyId);
    return isAsWanted ? { state: 'ok', details } : { state: 'warn', reason: 'other-encryption', details };
  },
};

/** S3 answers with the key's ARN, whatever it was called by. An alias says nothing about it. */
function names(told: string, wanted: string): boolean {
  return told === wanted || told.endsWith(`key/${wanted}`) || wanted.includes('alias/');
}
