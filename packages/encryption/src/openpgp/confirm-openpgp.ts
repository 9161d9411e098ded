import { verify } from 'openpgp';
import { openMessage, type OpenPgpOptions, readContent } from './openpgp-message.ts';

/**
 * The content of an OpenPGP message that is signed and not encrypted, or compressed alone. What comes out is known to be what
 * was signed only when the generator ends without throwing. Holds a few MiB. The source is closed whatever happens.
 *
 * @throws HikyakuError `damaged-encryption` (damage), those of `OpenPgpOptions`; errors of the source as they are
 */
export async function* confirmOpenPgp(
  source: AsyncIterable<Uint8Array>,
  options: OpenPgpOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield* readContent(source, options, async (stream, verificationKeys) => {
    const message = await openMessage(stream);
    return verify({ message, verificationKeys, format: 'binary' });
  });
}
