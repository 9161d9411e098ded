import { type Check, well, wordOf } from './check.ts';

const oddSeconds = 60;

/** The device's clock beside our server's. URLs are signed by the server's: a wrong one on the device hurts certificates. */
export const checkClock: Check = {
  id: 'clock',
  standsOn: ['server'],
  timeoutSeconds: 1,
  async look(patient) {
    const { serverTime, askedAt, heardAt } = wordOf(patient);
    const told = Date.parse(serverTime);
    // The word was said somewhere in between.
    const ahead = askedAt.getTime() - told;
    const behind = told - heardAt.getTime();
    const seconds = Math.max(0, Math.round(Math.max(ahead, behind) / 1_000));
    if (seconds <= oddSeconds) return well({ seconds });
    const details = { seconds, direction: ahead > 0 ? 'ahead' : 'behind' };
    return { state: 'warn', reason: 'device-clock-off', certainty: 'possible', details };
  },
};
