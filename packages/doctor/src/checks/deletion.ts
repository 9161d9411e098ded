import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { Check } from '../check.ts';

/** Whatever became of the checks before: nothing of us stays. */
export const deletion: Check = {
  id: 'delete',
  standsOn: [],
  async look({ s3, bucket, probe }, abortSignal) {
    if (!probe.mayBeThere) return { state: 'skipped', reason: 'stands-on-broken' };
    const object = { Bucket: bucket, Key: probe.key };
    const details = { key: probe.key };
    const { versionId } = probe.written ?? {};
    if (versionId !== undefined && versionId !== 'null') {
      try {
        await s3.send(new DeleteObjectCommand({ ...object, VersionId: versionId }), { abortSignal });
        return { state: 'ok', details };
      } catch {
        abortSignal.throwIfAborted();
      }
    }
    // Without the right to delete versions it can be hidden at least.
    await s3.send(new DeleteObjectCommand(object), { abortSignal });
    return versionId === undefined || versionId === 'null'
      ? { state: 'ok', details }
      : { state: 'warn', reason: 'probe-hidden', details };
  },
};
