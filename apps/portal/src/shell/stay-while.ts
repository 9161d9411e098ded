import { signedOutEvent } from '../sign-in/go-to-sign-in.ts';

/**
 * While a page holds what would be lost with it, whoever closes it is asked first, and nobody is taken to the page to sign in.
 *
 * @param onSignedOut told instead
 * @returns what ends it
 */
export function stayWhile(isHolding: () => boolean, page: EventTarget, onSignedOut: () => void = () => {}): () => void {
  const stay = (event: Event) => {
    if (!isHolding()) return;
    event.preventDefault();
    if (event.type === signedOutEvent) onSignedOut();
  };
  const leavings = ['beforeunload', signedOutEvent];
  for (const leaving of leavings) page.addEventListener(leaving, stay);
  return () => {
    for (const leaving of leavings) page.removeEventListener(leaving, stay);
  };
}
