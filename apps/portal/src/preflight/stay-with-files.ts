import { signedOutEvent } from '../sign-in/go-to-sign-in.ts';
import type { PreflightDesk } from './preflight-desk.ts';

/**
 * What is held is in this page alone: whoever closes it is asked first, and nobody is taken to the page to sign in. Sending what
 * is held tells of the ended session then, with the files.
 *
 * @returns what ends it
 */
export function stayWithFiles(desk: Pick<PreflightDesk, 'getSnapshot'>, page: EventTarget): () => void {
  const stay = (event: Event) => {
    const { held, many } = desk.getSnapshot();
    if (held.length > 0 || many) event.preventDefault();
  };
  const leavings = ['beforeunload', signedOutEvent];
  for (const leaving of leavings) page.addEventListener(leaving, stay);
  return () => {
    for (const leaving of leavings) page.removeEventListener(leaving, stay);
  };
}
