import { generateKeyPairSync } from 'node:crypto';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { expect, test } from 'vitest';
import { readKeyText } from './read-key-text.ts';

const identity = generateIdentity();
const publicKey = recipientOf(identity);
const { privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = JSON.stringify(privateKey.export({ format: 'jwk' }));

test.each([
  publicKey,
  `  ${publicKey}\n`,
  publicKey.toUpperCase(),
  `# public key: ${publicKey}`,
  `Public key: ${publicKey}`,
])('%j is a public key', (text) => {
  expect(readKeyText(text)).toEqual({ kind: 'public', publicKey });
});

test.each<[string, string]>([
  ['of age', identity],
  ['of age in lower case, which is none', identity.toLowerCase()],
  ['of age, cut off', identity.slice(0, 40)],
  ['of age in its file, beside the public one', `# created: 2026\n# public key: ${publicKey}\n${identity}\n`],
  ['of age after the public one', `${publicKey} ${identity}`],
  ['of a plugin of age', 'AGE-PLUGIN-YUBIKEY-1QQQQ'],
  ['of age for times to come', 'AGE-SECRET-KEY-PQ-1QQQQ'],
  ['of OpenPGP', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nxVgE'],
  ['of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE'],
  ['of OpenSSH on one line', '-----BEGIN OPENSSH PRIVATE KEY-----b3BlbnNzaC1rZXktdjE'],
  ['of OpenSSL', pem],
  ['of RSA', '-----BEGIN RSA PRIVATE KEY-----'],
  ['that is encrypted', '-----BEGIN ENCRYPTED PRIVATE KEY-----'],
  ['of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519'],
  ['of minisign', 'untrusted comment: minisign encrypted secret key'],
  ['as a JWK', jwk],
])('a private key %s is known as that', (_, text) => {
  expect(readKeyText(text)).toEqual({ kind: 'private' });
});

test.each<[string, string]>([
  ['a private key without its mark', pem.split('\n')[1] ?? ''],
  ['the bytes of one', identity.slice('AGE-SECRET-KEY-1'.length)],
  ['one in hexadecimal', 'ab'.repeat(32)],
  ['a public key of SSH', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI'],
  ['a public key of OpenPGP', '-----BEGIN PGP PUBLIC KEY BLOCK-----'],
  ['a public key that is cut off', publicKey.slice(0, -1)],
  ['two of them', `${publicKey} ${publicKey}`],
  ['one in mixed case', `A${publicKey.slice(1)}`],
  ['the name of one, as a label may be', 'Private key of the head office, the secret key is in the safe'],
  ['nothing', ''],
])('%s is no public key, whatever it is', (_, text) => {
  expect(readKeyText(text)).toEqual({ kind: 'other' });
});
