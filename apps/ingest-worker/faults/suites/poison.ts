import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import type { Sent } from '../check-dataset.ts';
import type { FaultCase, Played } from '../fault-case.ts';
import type { FaultHouse } from '../fault-house.ts';
import { bombFiles } from '../poison/bombs.ts';
import { damagedCiphertexts } from '../poison/damaged-ciphertext.ts';
import type { PoisonFile } from '../poison/poison-file.ts';
import { poisonRows } from '../poison/poison-rows.ts';
import type { SampleFile } from '../sample-file.ts';

const filesAtATime = 50;

/** R5: files with poisoned rows, each into a table of its own. */
export const poisonRowCases = (seed: number, count: number): FaultCase[] =>
  batches('R5', seed, count, 10, (batchSeed, size) => poisonRows(seededRandom(batchSeed), size));

/** R6: bombs. */
export const bombCases = (seed: number, count: number): FaultCase[] =>
  batches('R6', seed, count, 6, (_seed, size, house) => bombFiles(house.publicKey, size));

/** R7: damaged ciphertext. */
export const ciphertextCases = (seed: number, count: number): FaultCase[] =>
  batches('R7', seed, count, filesAtATime, (batchSeed, size, house) =>
    damagedCiphertexts(seededRandom(batchSeed), house.publicKey, size),
  );

function batches(
  suite: string,
  seed: number,
  count: number,
  atATime: number,
  make: (seed: number, size: number, house: FaultHouse) => PoisonFile[] | Promise<PoisonFile[]>,
): FaultCase[] {
  const cases: FaultCase[] = [];
  for (let from = 0; from < count; from += atATime) {
    const size = Math.min(atATime, count - from);
    cases.push({
      suite,
      name: `${size} files`,
      seed: seed + from,
      cases: size,
      play: async (house) => sendAll(house, await make(seed + from, size, house)),
    });
  }
  return cases;
}

/** What is refused shares a table that must stay empty; what is taken in gets one of its own. */
async function sendAll(house: FaultHouse, files: readonly PoisonFile[]): Promise<Played> {
  const refusing = await house.newDataset();
  const sent: Sent[] = [];
  for (const poison of files) {
    const { expected } = poison;
    const isRefused = expected.state === 'refused';
    const file: SampleFile = {
      name: poison.fileName,
      bytes: poison.bytes,
      contentBytes: poison.bytes.length,
      wrapping: poison.wrapping,
      rows: isRefused ? new Map() : expected.rows,
      read: isRefused ? 0 : expected.rows.size + expected.rejected,
      rejected: isRefused ? 0 : expected.rejected,
      repeated: 0,
    };
    if (isRefused) sent.push(await house.send(refusing, file, expected));
    else sent.push(await house.send(await house.newDataset(), file));
  }
  return { sent };
}
