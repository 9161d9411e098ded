import type { Stats } from 'node:fs';

const othersMayWrite = 0o022;
const administrator = 0;

/**
 * Whether somebody else than a user could have written a file, or put another in a folder. Who owns it may, whatever its mode says
 * today; root may everywhere, and is believed.
 */
export function mayOthersWrite({ mode, uid }: Pick<Stats, 'mode' | 'uid'>, user: number): boolean {
  return (mode & othersMayWrite) !== 0 || (uid !== user && uid !== administrator);
}
