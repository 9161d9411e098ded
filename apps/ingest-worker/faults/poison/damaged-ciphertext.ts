import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import type { SeededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { sampleFile } from '../sample-file.ts';
import type { PoisonFile } from './poison-file.ts';

/** A chunk of age with its tag. */
const sealedBytes = 64 * 1024 + 16;

const payloadBegins = (age: Buffer) => age.indexOf('\n', age.indexOf('\n---') + 1) + 17;

type Damage = (age: Buffer, random: SeededRandom) => Buffer;

const damages: { name: string; cause?: string; damage: Damage }[] = [
  {
    name: 'cut at the border of a chunk',
    cause: 'damaged-encryption',
    damage: (age, random) => age.subarray(0, payloadBegins(age) + random.integer(1, 2) * sealedBytes),
  },
  {
    name: 'cut beside the border of a chunk',
    cause: 'damaged-encryption',
    damage: (age, random) =>
      age.subarray(0, payloadBegins(age) + random.integer(1, 2) * sealedBytes + random.pick([-17, -1, 1, 17])),
  },
  {
    name: 'cut anywhere in its payload',
    cause: 'damaged-encryption',
    damage: (age, random) => age.subarray(0, random.integer(payloadBegins(age), age.length - 1)),
  },
  {
    name: 'a flipped bit in its header',
    damage: (age, random) => flipped(age, random.integer(0, payloadBegins(age) - 17), random),
  },
  {
    name: 'a flipped bit in its payload',
    cause: 'damaged-encryption',
    damage: (age, random) => flipped(age, random.integer(payloadBegins(age) - 16, age.length - 1), random),
  },
  {
    name: 'two chunks in each other’s place',
    cause: 'damaged-encryption',
    damage(age) {
      const begin = payloadBegins(age);
      const chunk = (index: number) => age.subarray(begin + index * sealedBytes, begin + (index + 1) * sealedBytes);
      return Buffer.concat([age.subarray(0, begin), chunk(1), chunk(0), age.subarray(begin + 2 * sealedBytes)]);
    },
  },
  {
    name: 'a chunk twice',
    cause: 'damaged-encryption',
    damage(age) {
      const end = payloadBegins(age) + sealedBytes;
      return Buffer.concat([age.subarray(0, end), age.subarray(end - sealedBytes, end), age.subarray(end)]);
    },
  },
  {
    name: 'more behind its end',
    cause: 'damaged-encryption',
    damage: (age) => Buffer.concat([age, Buffer.from('more')]),
  },
];

function flipped(age: Buffer, at: number, random: SeededRandom): Buffer {
  const copy = Buffer.from(age);
  copy[at]! ^= 1 << random.integer(0, 7);
  return copy;
}

/** R7: ciphertext that somebody or something changed, and for somebody else. Refused as a whole, with nothing taken in. */
export async function damagedCiphertexts(
  random: SeededRandom,
  publicKey: string,
  count: number,
): Promise<PoisonFile[]> {
  const form = { label: 'sealed', rows: 4_000, keys: 4_000, wrapping: 'age' as const };
  const { bytes: sound } = await sampleFile(random, { ...form, publicKey });
  const foreign = await sampleFile(random, { ...form, publicKey: recipientOf(generateIdentity()) });
  const files: PoisonFile[] = [];
  for (let index = 0; index < count; index += 1) {
    const chosen = damages[index % (damages.length + 1)];
    files.push({
      name: chosen?.name ?? 'for another key',
      fileName: `damaged-${index}.csv.age`,
      bytes: chosen ? chosen.damage(sound, random) : foreign.bytes,
      wrapping: 'age',
      expected: chosen
        ? { state: 'refused', ...(chosen.cause ? { cause: chosen.cause } : {}) }
        : { state: 'refused', cause: 'wrong-key' },
    });
  }
  return files;
}
