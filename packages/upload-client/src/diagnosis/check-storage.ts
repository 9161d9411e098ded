import { type Check, failed, type Outcome, type Patient, well, wordOf } from './check.ts';
import { unsignedUrl } from './unsigned-url.ts';

/** Does storage answer this browser at all? What it says is not looked at, so that no permission is needed. */
export const checkStorage: Check = {
  id: 'storage',
  standsOn: ['server'],
  timeoutSeconds: 10,
  async look(patient, signal) {
    const url = unsignedUrl(wordOf(patient).small.put);
    const { host } = url;
    if (isMixedContent(patient, url)) return failed('mixed-content', 'certain', { host });
    try {
      await patient.fetch(url.href, { mode: 'no-cors', credentials: 'omit', cache: 'no-store', signal });
      return well({ host });
    } catch {
      return silence(patient, url, signal.aborted);
    }
  },
};

/**
 * Why nothing came. A page is never told: a name that isn't found, a certificate that isn't trusted (TLS opened on the way), an
 * extension or a firewall that says no are all the same to it, and come at once. A firewall that drops says nothing for ever.
 */
async function silence(patient: Patient, { origin, host }: URL, isTimeUp: boolean): Promise<Outcome> {
  if (await patient.hasPolicyBlocked(origin)) return failed('policy-blocked', 'certain', { host });
  if (!wordOf(patient).storageAnswers) return failed('storage-down', 'likely', { host });
  return failed(isTimeUp ? 'storage-silent' : 'storage-blocked', 'likely', { host });
}

function isMixedContent({ pageOrigin }: Patient, { protocol, hostname }: URL): boolean {
  const isOwnMachine = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return pageOrigin.startsWith('https:') && protocol === 'http:' && !isOwnMachine;
}
