import {
  createCipheriv,
  createDecipheriv,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { decodeBase64 } from './age-header.ts';
import { publicKeyOf, publicKeyOfRaw, rawPublicKey } from './age-keys.ts';
import { tagBytes } from './age-stream.ts';
import { damaged } from './damaged.ts';
import type { Stanza } from './write-age-header.ts';
import { fileKeyBytes, keyBytes, wrapLabel, wrapNonce, wrapSalt, x25519Stanza } from './x25519-format.ts';

export function wrapFileKey(fileKey: Uint8Array, recipient: string): Stanza {
  const theirs = publicKeyOf(recipient);
  const ephemeral = generateKeyPairSync('x25519');
  const share = rawPublicKey(ephemeral.publicKey);
  const key = wrappingKey(agree(ephemeral.privateKey, theirs), share, rawPublicKey(theirs));
  const cipher = createCipheriv('chacha20-poly1305', key, wrapNonce, { authTagLength: tagBytes });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return x25519Stanza(share, body);
}

/**
 * The file key, or undefined where the stanza is for somebody else.
 *
 * @throws HikyakuError damaged-encryption for a stanza that no implementation writes
 */
export function unwrapFileKey(stanza: Stanza, privateKey: KeyObject): Uint8Array | undefined {
  const share = decodeBase64(stanza.arguments[0] ?? '');
  if (stanza.arguments.length !== 1 || share?.length !== keyBytes) throw damaged('header');
  if (stanza.body.length !== fileKeyBytes + tagBytes) throw damaged('header');
  const key = wrappingKey(agree(privateKey, publicKeyOfRaw(share)), share, rawPublicKey(createPublicKey(privateKey)));
  const decipher = createDecipheriv('chacha20-poly1305', key, wrapNonce, { authTagLength: tagBytes });
  decipher.setAuthTag(stanza.body.subarray(fileKeyBytes));
  const fileKey = decipher.update(stanza.body.subarray(0, fileKeyBytes));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return fileKey;
}

/** A share of low order would make the secret known to everybody. */
function agree(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  let secret: Buffer;
  try {
    secret = diffieHellman({ privateKey, publicKey });
  } catch {
    throw damaged('header');
  }
  if (secret.every((byte) => byte === 0)) throw damaged('header');
  return secret;
}

function wrappingKey(secret: Buffer, share: Uint8Array, recipient: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, wrapSalt(share, recipient), wrapLabel, keyBytes));
}
