import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { HikyakuError } from '@hikyaku/types';
import { decodeBase64 } from './age-header.ts';
import { tagBytes } from './age-stream.ts';
import { damaged } from './damaged.ts';
import { encodeBase64, type Stanza } from './write-age-header.ts';
import { fileKeyBytes } from './x25519-format.ts';

export const scryptStanzaType = 'scrypt';

const label = 'age-encryption.org/v1/scrypt';
const saltBytes = 16;
const keyBytes = 32;
/** Each wrapping key is used once. */
const nonce = Buffer.alloc(12);
const blockSize = 8;
/** What `age -p` writes: about a second of one core. */
const usualWorkFactor = 18;
/** Each one more doubles it. This one takes 256 MiB of memory, and whoever writes the header would choose the next. */
const highestWorkFactor = 18;
const decimal = /^[1-9][0-9]*$/;

const derive = promisify<string, Uint8Array, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(
  scrypt,
);

/** @param workFactor the binary logarithm of scrypt's N */
export async function wrapFileKeyByPassphrase(
  fileKey: Uint8Array,
  passphrase: string,
  workFactor: number = usualWorkFactor,
): Promise<Stanza> {
  const salt = randomBytes(saltBytes);
  const cipher = createCipheriv('chacha20-poly1305', await wrappingKey(passphrase, salt, workFactor), nonce, {
    authTagLength: tagBytes,
  });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return { type: scryptStanzaType, arguments: [encodeBase64(salt), String(workFactor)], body };
}

/**
 * The file key, or undefined where it is another passphrase.
 *
 * @throws HikyakuError `damaged-encryption` for a stanza that no implementation writes, `unsupported-encryption` (kind:
 * `work-factor`) for one that costs more than anybody's file is worth
 */
export async function unwrapFileKeyByPassphrase(stanza: Stanza, passphrase: string): Promise<Uint8Array | undefined> {
  const { salt, workFactor } = parseScryptStanza(stanza);
  const key = await wrappingKey(passphrase, salt, workFactor);
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(stanza.body.subarray(fileKeyBytes));
  const fileKey = decipher.update(stanza.body.subarray(0, fileKeyBytes));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return fileKey;
}

/** Looks at what a passphrase would cost before anybody pays it. @throws HikyakuError as `unwrapFileKeyByPassphrase` */
export function parseScryptStanza(stanza: Stanza): { salt: Uint8Array; workFactor: number } {
  const [encodedSalt = '', exponent = ''] = stanza.arguments;
  const salt = decodeBase64(encodedSalt);
  if (stanza.arguments.length !== 2 || salt?.length !== saltBytes) throw damaged('header');
  if (!decimal.test(exponent) || stanza.body.length !== fileKeyBytes + tagBytes) throw damaged('header');
  const workFactor = Number(exponent);
  if (workFactor > highestWorkFactor) {
    throw new HikyakuError('unsupported-encryption', { details: { kind: 'work-factor' } });
  }
  return { salt, workFactor };
}

function wrappingKey(passphrase: string, salt: Uint8Array, workFactor: number): Promise<Buffer> {
  const N = 2 ** workFactor;
  const maxmem = 128 * N * blockSize + 1024 ** 2;
  return derive(passphrase, Buffer.concat([Buffer.from(label), salt]), keyBytes, { N, r: blockSize, p: 1, maxmem });
}
