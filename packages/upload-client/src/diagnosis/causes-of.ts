import type { ConnectionCertainty, ConnectionFinding } from '@hikyaku/types';

const certainties = ['certain', 'likely', 'possible'] as const satisfies ConnectionCertainty[];

/** What is wrong, the most probable cause first: what failed before what may hurt later, then by certainty, then as it was looked at. */
export function causesOf(findings: readonly ConnectionFinding[]): ConnectionFinding[] {
  return findings.filter(({ state }) => state === 'fail' || state === 'warn').toSorted((a, b) => rank(a) - rank(b));
}

function rank({ state, certainty }: ConnectionFinding): number {
  return (state === 'fail' ? 0 : certainties.length) + certainties.indexOf(certainty);
}
