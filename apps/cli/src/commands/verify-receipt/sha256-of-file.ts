import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** As `sha256sum` prints it, in the memory of a chunk. Closes the file. */
export async function sha256OfFile(file: FileHandle, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream({ highWaterMark: 1024 * 1024, signal })) hash.update(chunk);
  return hash.digest('hex');
}
