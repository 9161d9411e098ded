import { bombFiles, type PoisonFile as PoisonContent, poisonRows } from '@hikyaku/ingest/testing';
import { seededRandom } from '@hikyaku/local-cloud/fault-proxy';
import type { TableDefinition } from '@hikyaku/types';
import type { Sent } from '../check-dataset.ts';
import type { FaultCase, Played } from '../fault-case.ts';
import { type Dataset, type FaultHouse, patienceSeconds } from '../fault-house.ts';
import { bombFile, bombs } from '../poison/bombs.ts';
import { findWrongRejects } from '../poison/find-wrong-rejects.ts';
import { damagedCiphertexts, unsignedFile } from '../poison/damaged-ciphertext.ts';
import { fromContent } from '../poison/from-content.ts';
import type { PoisonFile } from '../poison/poison-file.ts';
import { scatteredKinds, scatteredRows } from '../poison/scattered-rows.ts';
import type { SampleFile } from '../sample-file.ts';

/** Made in one piece here, and longer than any line may be. */
const longLineBytes = 20 * 1024 ** 2;

/** A file of one kind; encrypted where a public key is given. */
type Kind = (index: number, publicKey?: string) => PoisonFile | Promise<PoisonFile>;
const ofContent =
  (content: PoisonContent): Kind =>
  (index, publicKey) =>
    fromContent(content, index, publicKey);

/** R5: files with poisoned rows, each into a table of its own. */
export function poisonRowCases(seed: number, count: number): FaultCase[] {
  const scattered = scatteredKinds.map(
    (kind): Kind =>
      (index) =>
        scatteredRows(seededRandom(index), kind, index),
  );
  const kinds = [...scattered, ...poisonRows().map(ofContent)];
  return batches('R5', seed, count, 10, (batchSeed, size, house) => inTurn(kinds, batchSeed, size, house));
}

/** R6: bombs, and archives and workbooks that are damaged. */
export function bombCases(seed: number, count: number): FaultCase[] {
  const own = bombs.map(
    (bomb): Kind =>
      (index, publicKey) =>
        bombFile(bomb, index, publicKey),
  );
  const kinds = [...own, ...bombFiles({ longLineBytes }).map(ofContent)];
  return batches('R6', seed, count, 10, (batchSeed, size, house) => inTurn(kinds, batchSeed, size, house));
}

/** R7: damaged ciphertext; where there are many cases, one of them is a file that waits for its signature for two minutes. */
export function ciphertextCases(seed: number, count: number): FaultCase[] {
  const atATime = 50;
  const waiting: FaultCase = {
    suite: 'R7',
    name: 'a file without its signature',
    seed,
    play: async (house) => sendAll(house, [await unsignedFile(seed, house.recipients)]),
  };
  const isLong = count > atATime;
  const damaged = batches('R7', seed, isLong ? count - 1 : count, atATime, (batchSeed, size, { recipients }) =>
    damagedCiphertexts(batchSeed, recipients, size),
  );
  return isLong ? [waiting, ...damaged] : damaged;
}

/** Every kind in turn, from the seed's on: in the open the first time, encrypted the next. */
function inTurn(kinds: readonly Kind[], seed: number, size: number, house: FaultHouse): Promise<PoisonFile[]> {
  return Promise.all(
    Array.from({ length: size }, async (_, offset) => {
      const index = seed - 1 + offset;
      const isEncrypted = Math.floor(index / kinds.length) % 2 === 1;
      const kind = kinds[index % kinds.length] ?? kinds[0]!;
      return isEncrypted ? kind(index, house.recipients.recipient) : kind(index);
    }),
  );
}

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

/** What is refused shares tables that must stay empty, one for each definition; what is taken in gets one of its own. */
async function sendAll(house: FaultHouse, files: readonly PoisonFile[]): Promise<Played> {
  const before = house.workers().map(({ pid }) => pid);
  const refusing = new Map<string, Dataset>();
  const refusingDataset = async (definition: TableDefinition) => {
    const key = JSON.stringify(definition);
    const dataset = refusing.get(key) ?? (await house.newDataset(definition));
    refusing.set(key, dataset);
    return dataset;
  };
  const sent: Sent[] = [];
  const taken: { one: Sent; poison: PoisonFile }[] = [];
  for (const poison of files) {
    const { expected, definition, signature } = poison;
    const file = { ...fileOf(poison), ...(signature ? { signature } : {}) };
    if (expected.state === 'taken_in') {
      const one = await house.send(await house.newDataset(definition), file);
      taken.push({ one, poison });
      sent.push(one);
    } else {
      sent.push(await house.send(await refusingDataset(definition), file, expected));
    }
  }
  await house.settled(sent, patienceSeconds * 3);
  const violations: string[] = [];
  for (const { one, poison } of taken) violations.push(...(await findWrongRejects(house.pool, one, poison)));
  const after = house.workers().map(({ pid }) => pid);
  if (before.join() !== after.join()) violations.push('a worker ended');
  return { sent, violations };
}

function fileOf({ fileName, bytes, expected }: PoisonFile): SampleFile {
  const file = { name: fileName, bytes, contentBytes: bytes.length, repeated: 0 };
  if (expected.state !== 'taken_in') return { ...file, rows: new Map(), read: 0, rejected: 0 };
  const { rows, rejects } = expected;
  const rejected = typeof rejects === 'number' ? rejects : rejects.length;
  return { ...file, rows, read: rows.size + rejected, rejected };
}
