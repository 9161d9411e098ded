import { type Spread, spreadOf } from './spread.ts';

export interface Contestant {
  /** Not timed: empties what a run fills. */
  reset(): Promise<void>;
  /** Seconds it took; what it does before its clock runs isn't counted. */
  run(): Promise<number>;
}

export interface PairsOptions {
  ours: Contestant;
  peer: Contestant;
  /** Rejects where the two did not come to the same result: then there is nothing to time. */
  compare(): Promise<void>;
  rounds: number;
  /** Looked at between the runs. */
  signal?: AbortSignal;
  onRound?: (round: { number: number; oursSeconds: number; peerSeconds: number }) => void;
}

export interface PairsResult {
  oursSeconds: Spread;
  peerSeconds: Spread;
  /** How many times as fast as the peer of the same round we were. */
  ratio: Spread;
}

/**
 * Runs two ways to the same result in turn, so that whatever the machine does besides meets both. A first round that isn't
 * counted warms both up; the results of every round are compared, the first before anything is timed.
 *
 * @throws the signal's reason; what `compare` throws
 */
export async function runPairs(options: PairsOptions): Promise<PairsResult> {
  const { ours, peer, rounds, signal, onRound } = options;
  const oursSeconds: number[] = [];
  const peerSeconds: number[] = [];
  for (let number = 0; number <= rounds; number += 1) {
    signal?.throwIfAborted();
    await ours.reset();
    const mine = await ours.run();
    signal?.throwIfAborted();
    await peer.reset();
    const theirs = await peer.run();
    await options.compare();
    if (number === 0) continue;
    oursSeconds.push(mine);
    peerSeconds.push(theirs);
    onRound?.({ number, oursSeconds: mine, peerSeconds: theirs });
  }
  return {
    oursSeconds: spreadOf(oursSeconds),
    peerSeconds: spreadOf(peerSeconds),
    ratio: spreadOf(peerSeconds.map((seconds, index) => seconds / (oursSeconds[index] ?? Number.NaN))),
  };
}
