import { z } from 'zod';

const position = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where the next page begins: opaque to whoever holds it, and worth nothing in another organization. */
export function encodeCursor(last: { at: Date; id: string }): string {
  return Buffer.from(JSON.stringify([last.at.toISOString(), last.id])).toString('base64url');
}

/** Undefined where it isn't one of ours: the list then begins at its start. */
export function decodeCursor(cursor: string): { at: Date; id: string } | undefined {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at: new Date(at), id };
  } catch {
    return undefined;
  }
}
