import { HikyakuError } from '@hikyaku/types';
import { SaxesParser } from 'saxes';
import { damagedWorkbook } from './damaged-workbook.ts';

/** A tag, a comment or a text that goes on for longer is nothing that a workbook has. */
const longestPieceCharacters = 4 * 1024 ** 2;
/** Each open tag is held until it closes. Workbooks have about a dozen, one in the other. */
const deepestTags = 256;
/** What the parts may have that are held while they are read. */
const defaultLimitBytes = 64 * 1024 ** 2;

export interface XmlHandlers {
  /** Names come without their prefix. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(text: string): void;
}

/**
 * Reads XML in pieces. A document type is refused, so that no entity is ever expanded: workbooks have none.
 *
 * `push` and `finish` throw `HikyakuError` `damaged-workbook`, and what the handlers throw.
 */
export class XmlReader {
  readonly #parser = new SaxesParser({ xmlns: false, position: false });
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  readonly #part: string;
  #charactersSinceTag = 0;
  #depth = 0;

  /** @param part names it where it is damaged */
  constructor(part: string, handlers: XmlHandlers) {
    this.#part = part;
    this.#parser.on('opentag', ({ name, attributes }) => {
      this.#charactersSinceTag = 0;
      this.#depth++;
      if (this.#depth > deepestTags) throw damagedWorkbook(part);
      handlers.open(localName(name), attributes);
    });
    this.#parser.on('closetag', ({ name }) => {
      this.#charactersSinceTag = 0;
      this.#depth--;
      handlers.close(localName(name));
    });
    this.#parser.on('text', (text) => handlers.text(text));
    this.#parser.on('cdata', (text) => handlers.text(text));
    this.#parser.on('doctype', () => {
      throw damagedWorkbook(part);
    });
    this.#parser.on('error', (error) => {
      throw damagedWorkbook(part, error);
    });
  }

  push(chunk: Uint8Array): void {
    this.#read(() => {
      const text = this.#decoder.decode(chunk, { stream: true });
      this.#charactersSinceTag += text.length;
      this.#parser.write(text);
      if (this.#charactersSinceTag > longestPieceCharacters) throw damagedWorkbook(this.#part);
    });
  }

  finish(): void {
    this.#read(() => {
      this.#parser.write(this.#decoder.decode());
      this.#parser.close();
    });
  }

  #read(step: () => void): void {
    try {
      step();
    } catch (error) {
      throw error instanceof HikyakuError ? error : damagedWorkbook(this.#part, error);
    }
  }
}

/**
 * Reads a part to its end.
 *
 * @throws HikyakuError those of `XmlReader`, `workbook-too-large` (limitBytes); errors of the chunks as they are
 */
export async function readXml(
  part: string,
  chunks: AsyncIterable<Uint8Array>,
  handlers: XmlHandlers,
  limitBytes = defaultLimitBytes,
): Promise<void> {
  const reader = new XmlReader(part, handlers);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new HikyakuError('workbook-too-large', { details: { limitBytes } });
    reader.push(chunk);
  }
  reader.finish();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
