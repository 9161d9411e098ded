import { type Check, failed, wordOf } from './check.ts';
import { judgeProbe } from './judge-probe.ts';
import { sendProbe } from './send-probe.ts';
import { unsignedUrl } from './unsigned-url.ts';

/** Does a body as large as the parts of a file come through where a small one does? */
export const checkLargeBody: Check = {
  id: 'large-body',
  standsOn: ['small-body'],
  timeoutSeconds: 90,
  async look(patient, signal) {
    const { large, small } = wordOf(patient);
    const sizes = { host: unsignedUrl(large.put).host, sizeBytes: large.sizeBytes, smallBytes: small.sizeBytes };
    const sent = await sendProbe(patient, large, signal);
    const { answer, sentBytes, bytesPerSecond } = sent;
    const judged = judgeProbe(sent, { ...sizes, bytesPerSecond });
    if (judged) return judged;
    // A proxy's own refusal gives a page no permission to read it: it is the same as a line that was cut.
    if (answer.kind !== 'late') return failed('large-body-cut', 'likely', { ...sizes, sentBytes });
    if (!answer.isMoving) return failed('large-body-stalled', 'likely', { ...sizes, sentBytes });
    // Bytes that move into a buffer on the way look the same.
    return { state: 'warn', reason: 'slow-line', certainty: 'likely', details: { ...sizes, bytesPerSecond } };
  },
};
