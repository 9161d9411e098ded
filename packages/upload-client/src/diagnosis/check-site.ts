import { type Check, failed, well } from './check.ts';

/** Does our own site answer, and is it us? */
export const checkSite: Check = {
  id: 'site',
  standsOn: [],
  timeoutSeconds: 10,
  async look({ isOnline, pageOrigin, siteFile, fetch }, signal) {
    const { host } = new URL(pageOrigin);
    try {
      const { status, ok, headers } = await fetch(siteFile.url, { cache: 'no-store', redirect: 'manual', signal });
      const isOurs = ok && headers.get('content-type')?.startsWith(siteFile.contentType);
      if (isOurs) return well({ host });
      // A gateway before us that finds nobody behind it.
      if (status >= 500) return failed('site-away', 'certain', { host, status });
      return failed('site-replaced', 'likely', { host, ...(status > 0 && { status }) });
    } catch {
      return isOnline() ? failed('site-away', 'likely', { host }) : failed('offline', 'certain');
    }
  },
};
