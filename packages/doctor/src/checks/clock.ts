import { failureOf } from '@hikyaku/s3-core/errors';
import type { Check } from '../check.ts';

/** S3 refuses what was signed further away than this. */
const refusedSeconds = 15 * 60;
const oddSeconds = 60;

/** Any answer tells the time, a refusal too. */
export const clock: Check = {
  id: 'clock',
  standsOn: ['connection'],
  async look({ endpoint, proxy, now }, signal) {
    if (proxy !== undefined) return { state: 'skipped', reason: 'through-proxy', details: { proxy } };
    const asked = now().getTime();
    const answer = await fetch(endpoint, { method: 'HEAD', signal });
    const told = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(told)) return { state: 'skipped', reason: 'not-supported' };
    // The header has whole seconds, and it was said somewhere on the way.
    const offset = Math.round((told + 500 - (asked + now().getTime()) / 2) / 1_000);
    const seconds = Math.abs(offset);
    const details = { seconds, direction: offset > 0 ? 'behind' : 'ahead' };
    if (seconds > refusedSeconds) throw failureOf('clock-skew', { details });
    if (seconds > oddSeconds) return { state: 'warn', reason: 'clock-off', details };
    return { state: 'ok', details };
  },
};
