/** What a browser can ask a person for, where it has handles at all (Chromium). */
interface AskingHandle extends FileSystemFileHandle {
  requestPermission(options: { mode: 'read' }): Promise<PermissionState>;
}

/**
 * The file behind a handle, after the browser asked whether it may be read. Undefined where it may not, or where it was moved or deleted.
 * Has to be called from a click.
 */
export async function reopenFile(handle: FileSystemFileHandle | undefined): Promise<File | undefined> {
  if (!handle || !canAsk(handle)) return undefined;
  try {
    const answer = await handle.requestPermission({ mode: 'read' });
    return answer === 'granted' ? await handle.getFile() : undefined;
  } catch {
    return undefined;
  }
}

function canAsk(handle: FileSystemFileHandle): handle is AskingHandle {
  return 'requestPermission' in handle;
}
