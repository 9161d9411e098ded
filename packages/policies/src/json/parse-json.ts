import type { JsonMember, JsonNode } from './json-node.ts';

type JsonFault = { reason: 'json-syntax' | 'too-deep' | 'too-large'; offset: number };
export type ParsedJson = { node: JsonNode; fault?: undefined } | { node?: undefined; fault: JsonFault };

/** No policy of AWS may be longer than 32 KiB; whitespace isn't counted there, so some is let through here. */
const maxTextLength = 128 * 1024;
/** A policy's deepest value stands seven levels down. */
const maxDepth = 32;

/** Reads JSON (RFC 8259) and says where it is broken. Never throws; a text that is too long is not even begun. */
export function parseJson(text: string): ParsedJson {
  if (text.length > maxTextLength) return { fault: { reason: 'too-large', offset: 0 } };
  const reader = new Reader(text);
  try {
    return { node: reader.readDocument() };
  } catch (error) {
    if (error instanceof Fault) return { fault: { reason: error.reason, offset: error.offset } };
    throw error;
  }
}

class Fault extends Error {
  readonly reason: JsonFault['reason'];
  readonly offset: number;
  constructor(reason: JsonFault['reason'], offset: number) {
    super(reason);
    this.reason = reason;
    this.offset = offset;
  }
}

const numberSyntax = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  readDocument(): JsonNode {
    const node = this.#readValue(1);
    this.#skipWhitespace();
    if (this.#at < this.#text.length) throw this.#syntaxFault();
    return node;
  }

  #readValue(depth: number): JsonNode {
    this.#skipWhitespace();
    const offset = this.#at;
    if (depth > maxDepth) throw new Fault('too-deep', offset);
    switch (this.#text[offset]) {
      case '{':
        return { kind: 'object', offset, members: this.#readMembers(depth) };
      case '[':
        return { kind: 'array', offset, items: this.#readItems(depth) };
      case '"':
        return { kind: 'string', offset, value: this.#readString() };
      case 't':
        this.#readWord('true');
        return { kind: 'boolean', offset, value: true };
      case 'f':
        this.#readWord('false');
        return { kind: 'boolean', offset, value: false };
      case 'n':
        this.#readWord('null');
        return { kind: 'null', offset };
      default:
        return { kind: 'number', offset, text: this.#readNumber() };
    }
  }

  #readMembers(depth: number): JsonMember[] {
    const members: JsonMember[] = [];
    this.#at += 1;
    if (this.#takes('}')) return members;
    do {
      this.#skipWhitespace();
      const keyOffset = this.#at;
      if (this.#text[keyOffset] !== '"') throw this.#syntaxFault();
      const key = this.#readString();
      if (!this.#takes(':')) throw this.#syntaxFault();
      members.push({ key, keyOffset, value: this.#readValue(depth + 1) });
    } while (this.#takes(','));
    if (!this.#takes('}')) throw this.#syntaxFault();
    return members;
  }

  #readItems(depth: number): JsonNode[] {
    const items: JsonNode[] = [];
    this.#at += 1;
    if (this.#takes(']')) return items;
    do items.push(this.#readValue(depth + 1));
    while (this.#takes(','));
    if (!this.#takes(']')) throw this.#syntaxFault();
    return items;
  }

  #readString(): string {
    const start = this.#at;
    let isPlain = true;
    for (let at = start + 1; ; at += 1) {
      const unit = this.#text.charCodeAt(at);
      // Past the end it is NaN; a line break inside means that the quotation mark is missing.
      if (Number.isNaN(unit) || unit < 0x20) throw new Fault('json-syntax', Math.min(at, this.#text.length));
      if (unit === 0x5c) {
        isPlain = false;
        at += 1;
      } else if (unit === 0x22) {
        this.#at = at + 1;
        return isPlain ? this.#text.slice(start + 1, at) : this.#unescape(start, at + 1);
      }
    }
  }

  #unescape(start: number, end: number): string {
    try {
      const value: unknown = JSON.parse(this.#text.slice(start, end));
      if (typeof value === 'string') return value;
    } catch {
      // Told below with its place.
    }
    throw new Fault('json-syntax', start);
  }

  #readNumber(): string {
    numberSyntax.lastIndex = this.#at;
    const text = numberSyntax.exec(this.#text)?.[0];
    if (text === undefined) throw this.#syntaxFault();
    this.#at += text.length;
    return text;
  }

  #readWord(word: string): void {
    if (!this.#text.startsWith(word, this.#at)) throw this.#syntaxFault();
    this.#at += word.length;
  }

  #takes(sign: string): boolean {
    this.#skipWhitespace();
    if (this.#text[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #skipWhitespace(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return;
      this.#at += 1;
    }
  }

  #syntaxFault(): Fault {
    return new Fault('json-syntax', this.#at);
  }
}
