import { describe, expect, test } from 'vitest';
import { gather } from '../test/age-files.ts';
import { writeRecipient } from './age-key-text.ts';
import { encryptAge, fingerprintOf, generateIdentity, isRecipient, recipientOf } from './index.ts';

// The example of the specification.
const identity = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX';
const recipient = 'age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj';

test('a recipient is the one age derives from the identity', () => {
  expect(recipientOf(identity)).toBe(recipient);
});

test('a new identity is another each time, and in the form age reads', () => {
  const [one, other] = [generateIdentity(), generateIdentity()];
  expect(one).toMatch(/^AGE-SECRET-KEY-1[AC-HJ-NP-Z02-9]{58}$/);
  expect(recipientOf(one)).toMatch(/^age1[ac-hj-np-z02-9]{58}$/);
  expect(recipientOf(one)).not.toBe(recipientOf(other));
});

async function* nothing(): AsyncGenerator<Uint8Array> {}

describe('what is no key is refused', () => {
  const changed = `${recipient.slice(0, -1)}q`;
  test.each([changed, recipient.slice(0, -1), recipient.replace('age1', 'AGE1'), identity, '', 'age1'])(
    '%s',
    async (text) => {
      await expect(gather(encryptAge(nothing(), [text]))).rejects.toMatchObject({ code: 'invalid-input' });
    },
  );

  test('and an identity that is none is not repeated in the error', () => {
    const broken = `${identity.slice(0, -1)}Q`;
    expect(() => recipientOf(broken)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(() => recipientOf(broken)).not.toThrow(new RegExp(broken.slice(20, 40)));
  });
});

/** Of low order for 0 and 1: the secret would be the same for everybody. */
function point(first: number): string {
  return writeRecipient(Uint8Array.from({ length: 32 }, (_, place) => (place === 0 ? first : 0)));
}

test('files are encrypted for what is a key and hides something', () => {
  expect(isRecipient(recipient)).toBe(true);
  for (const text of [identity, '', 'age1', `${recipient.slice(0, -1)}q`, point(0), point(1)]) {
    expect(isRecipient(text)).toBe(false);
  }
});

test('a fingerprint is what sha256sum says of the public key', () => {
  expect(fingerprintOf(recipient)).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
  expect(fingerprintOf('abc')).toBe('ba78 16bf 8f01 cfea');
});
