import type { ErrorDetails } from '@hikyaku/types';
import { type Check, failed, type Outcome, type Patient, wordOf } from './check.ts';
import { judgeProbe } from './judge-probe.ts';
import { sendProbe } from './send-probe.ts';
import { unsignedUrl } from './unsigned-url.ts';

/** Does a PUT that is hardly larger than its headers reach storage, and may the page read the answer? */
export const checkSmallBody: Check = {
  id: 'small-body',
  standsOn: ['storage'],
  timeoutSeconds: 20,
  async look(patient, signal) {
    const probe = wordOf(patient).small;
    const details = { host: unsignedUrl(probe.put).host, sizeBytes: probe.sizeBytes };
    const sent = await sendProbe(patient, probe, signal);
    const judged = judgeProbe(sent, details);
    if (judged) return judged;
    return sent.answer.kind === 'late'
      ? failed('put-silent', 'likely', details)
      : withoutAnswer(patient, details, signal);
  },
};

/** Storage answered before, unread. If an answer can be read now, it was the PUT that was not let through. */
async function withoutAnswer(patient: Patient, details: ErrorDetails, signal: AbortSignal): Promise<Outcome> {
  const { href } = unsignedUrl(wordOf(patient).small.put);
  const isReadable = await patient
    .fetch(href, { mode: 'cors', credentials: 'omit', cache: 'no-store', signal })
    .then(() => true)
    .catch(() => false);
  return failed(isReadable ? 'put-blocked' : 'cors-missing', 'likely', details);
}
