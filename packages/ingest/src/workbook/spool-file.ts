import { randomUUID } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HikyakuError } from '@hikyaku/types';

/**
 * Puts bytes where they can be read in any order: in a file that nobody else may open, and that has no name any more before
 * its first byte is written. Whatever ends the process, nothing stays behind. The handle is the caller's to close.
 *
 * @throws HikyakuError `workbook-too-large` (limitBytes); errors of the source as they are
 */
export async function spoolFile(source: AsyncIterable<Uint8Array>, limitBytes: number): Promise<FileHandle> {
  const path = join(tmpdir(), `hikyaku-spool-${randomUUID()}`);
  const file = await open(path, 'wx+', 0o600);
  try {
    await unlink(path);
    let length = 0;
    for await (const chunk of source) {
      if (length + chunk.length > limitBytes) throw new HikyakuError('workbook-too-large', { details: { limitBytes } });
      for (let from = 0; from < chunk.length;) {
        const { bytesWritten } = await file.write(chunk, from, chunk.length - from, length + from);
        from += bytesWritten;
      }
      length += chunk.length;
    }
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}
