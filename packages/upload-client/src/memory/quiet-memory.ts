import type { LeftUpload, RememberedUpload, UploadMemory } from './upload-memory.ts';

/** A memory that may fail, or not be there: then nothing is remembered, and sending goes on. Calls keep their order. */
export interface QuietMemory extends Omit<UploadMemory, 'subscribe' | 'close'> {
  onChange(listener: () => void): void;
}

export function createQuietMemory(opening: Promise<UploadMemory> | undefined): QuietMemory {
  const memory = opening?.catch(() => undefined) ?? Promise.resolve(undefined);
  const quietly = async <T>(work: (memory: UploadMemory) => Promise<T>, otherwise: T): Promise<T> => {
    const there = await memory;
    return there ? work(there).catch(() => otherwise) : otherwise;
  };
  return {
    remember: (uploads: readonly RememberedUpload[]) =>
      quietly(async (there) => {
        // What an earlier call kept may not be gone on with any more.
        await there.remember(uploads).catch(() => there.forget(uploads.map(({ id }) => id)));
      }, undefined),
    forget: (ids) => quietly((there) => there.forget(ids), undefined),
    listLeft: () => quietly<LeftUpload[]>((there) => there.listLeft(), []),
    // Where nobody can be asked it is sent: parts that two pages send are the same parts.
    takeOver: (left) => quietly((there) => there.takeOver(left), true),
    onChange: (listener) => void memory.then((there) => there?.subscribe(listener)),
  };
}
