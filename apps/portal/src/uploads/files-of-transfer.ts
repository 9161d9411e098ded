import type { ChosenFiles } from './chosen-files.ts';
import { filesOfEntry, filesOfHandle } from './files-of-folder.ts';

/**
 * What was dropped, folders with all they hold, each file named with its folders. Has to be called while the event is handled:
 * later the browser has taken the items back.
 */
export async function filesOfTransfer(transfer: DataTransfer): Promise<ChosenFiles> {
  const dropped = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry(), handle: handleOf(item) }));
  const found: ChosenFiles = { files: [], unreadable: [] };
  for (const { file, entry, handle: asked } of dropped) {
    const handle = await asked;
    if (handle && handle.kind === 'directory') await filesOfHandle(handle, handle.name, found);
    else if (handle && isFile(handle) && file) found.files.push({ file, handle });
    else if (entry?.isDirectory) await filesOfEntry(entry, found);
    else if (file) found.files.push({ file });
  }
  return found;
}

/** Chromium alone: with a handle a file can be gone on with after a reload without being chosen again. */
function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> {
  if (!('getAsFileSystemHandle' in item) || typeof item.getAsFileSystemHandle !== 'function') {
    return Promise.resolve(null);
  }
  const asked: Promise<FileSystemHandle | null> = item.getAsFileSystemHandle();
  return asked.catch(() => null);
}

function isFile(handle: FileSystemHandle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}
