import { appendFile, type FileHandle, open, readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { PinnedObject } from './pin-object.ts';

const journalHead = z.object({
  format: z.literal(1),
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  etag: z.string(),
  sizeBytes: z.int().nonnegative(),
  rangeBytes: z.int().positive(),
});
const journalLine = z.object({ range: z.int().nonnegative() });

export type JournalHead = z.infer<typeof journalHead>;

/** What a download wrote down about itself: what it is of, and which ranges lie in its file whole. */
export interface JournalContent {
  head: JournalHead;
  /** By their place from 0. */
  ranges: ReadonlySet<number>;
}

export function journalHeadOf(object: PinnedObject, rangeBytes: number): JournalHead {
  const { bucket, key, versionId, etag, sizeBytes } = object;
  return { format: 1, bucket, key, versionId, etag, sizeBytes, rangeBytes };
}

/** Made at once or not at all. */
export async function createJournal(path: string, head: JournalHead): Promise<void> {
  await appendFile(path, `${JSON.stringify(head)}\n`, { flag: 'ax' });
}

/** Undefined where it isn't one, or not one of ours. */
export async function readJournal(path: string): Promise<JournalContent | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  // What stands behind the last line's end was being written when the process ended.
  const [first, ...lines] = text.split('\n').slice(0, -1).map(parsed);
  const head = journalHead.safeParse(first).data;
  if (!head) return undefined;
  const ranges = new Set<number>();
  for (const line of lines) {
    const range = journalLine.safeParse(line).data?.range;
    if (range === undefined || range * head.rangeBytes >= head.sizeBytes) return undefined;
    ranges.add(range);
  }
  return { head, ranges };
}

/** Appends what came whole. Kept open, for its name may change meanwhile. */
interface OpenJournal {
  note(range: number): Promise<void>;
  close(): Promise<void>;
}

export async function openJournal(path: string): Promise<OpenJournal> {
  const file: FileHandle = await open(path, 'a');
  return {
    async note(range) {
      await file.appendFile(`${JSON.stringify({ range })}\n`);
    },
    close: () => file.close(),
  };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
