import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import * as vectors from 'cctv-age';
import { describe, expect, test } from 'vitest';
import { decryptUntilError } from '../test/age-files.ts';
import type { AgeSecrets } from './index.ts';

// The vectors of the specification's authors (https://github.com/C2SP/CCTV/tree/main/age): what every reader must accept and refuse.
const emptyHash = createHash('sha256').digest('hex');

interface Vector {
  name: string;
  expect: string;
  payload: string;
  isArmored: boolean;
  secrets: AgeSecrets;
  file: Uint8Array;
}

const failures: Record<string, object> = {
  'header failure': { code: 'damaged-encryption' },
  'armor failure': { code: 'damaged-encryption' },
  'HMAC failure': { code: 'damaged-encryption', details: { damage: 'header' } },
  'no match': { code: 'wrong-key' },
  'payload failure': { code: 'damaged-encryption' },
};

/** Told as what they are: nothing is wrong with the file, it costs too much to open. */
const tooMuchWork = ['scrypt_work_factor_23', 'scrypt_work_factor_overflow'];

describe('the age test kit', () => {
  const ours = Object.entries(vectors).flatMap(([name, bytes]) => readVector(name, bytes) ?? []);

  test('has the vectors we mean to read', () => {
    expect(ours.length).toBeGreaterThan(100);
  });

  test.each(ours.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    for (const pieceBytes of [vector.file.length || 1, 1_000]) {
      const { plain, error } = await decryptUntilError(vector.file, vector.secrets, pieceBytes, vector.isArmored);
      if (vector.expect === 'success') expect(error).toBeUndefined();
      else if (tooMuchWork.includes(vector.name)) expect(error).toMatchObject({ details: { kind: 'work-factor' } });
      else expect(error).toMatchObject(failures[vector.expect] ?? { code: 'unknown expectation' });
      // Neither more nor less than what is authentic comes out before an error.
      expect(createHash('sha256').update(plain).digest('hex')).toBe(vector.payload);
    }
  });
});

/** Undefined for what this reader doesn't do: post-quantum recipients. */
function readVector(name: string, bytes: Uint8Array): Vector | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end).split('\n');
  const values = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`${key}: `) ? line.slice(key.length + 2) : []));
  const identities = values('identity').filter((identity) => !identity.startsWith('AGE-SECRET-KEY-PQ-'));
  const passphrases = values('passphrase');
  if ((identities.length === 0 && passphrases.length === 0) || name.startsWith('hybrid')) return undefined;
  const body = bytes.subarray(end + 2);
  return {
    name,
    expect: values('expect')[0] ?? '',
    payload: values('payload')[0] ?? emptyHash,
    isArmored: values('armored').length > 0,
    secrets: { identities, passphrases },
    file: values('compressed')[0] === 'zlib' ? inflateSync(body) : body,
  };
}
