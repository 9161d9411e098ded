import { HikyakuError } from '@hikyaku/types';
import { type Check, failed, well } from './check.ts';

/** Does our server answer as it should? It also hands over what the later checks send. */
export const checkServer: Check = {
  id: 'server',
  standsOn: ['site'],
  timeoutSeconds: 15,
  async look(patient, signal) {
    const askedAt = patient.now();
    try {
      const word = await patient.askServer(signal);
      patient.heard = { ...word, askedAt, heardAt: patient.now() };
      return well();
    } catch (error) {
      const isAnswered = error instanceof HikyakuError && error.code !== 'network';
      return isAnswered ? failed(error.code, 'certain', error.details) : failed('server-away', 'likely');
    }
  },
};
