import { longestMarkBytes } from '../text-encodings/encoding-of-mark.ts';
import { joinBytes } from '../text-encodings/join-bytes.ts';
import { savedTextDecoder } from './saved-text-decoder.ts';

/** As `savedText`, of a text that may be longer than memory. Where its pieces end makes no difference. */
export async function* savedTextPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let head: Uint8Array = new Uint8Array(0);
  let decoder: ReturnType<typeof savedTextDecoder> | undefined;
  for await (const piece of pieces) {
    head = decoder ? piece : joinBytes(head, piece);
    if (!decoder && head.length < longestMarkBytes) continue;
    decoder ??= savedTextDecoder(head);
    yield decoder.decode(head, { stream: true });
  }
  yield decoder ? decoder.decode() : savedTextDecoder(head).decode(head);
}
