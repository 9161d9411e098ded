import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { LeftUpload, UploadMemory } from './upload-memory.ts';

interface Kept extends LeftUpload {
  owner: string;
  /** Counts up, so that the order stays. */
  place: number;
  keptAt: number;
}

interface Schema extends DBSchema {
  uploads: { key: string; value: Kept; indexes: { owner: string } };
}

const databaseName = 'hikyaku-uploads';
/** The server keeps parts for a shorter time. */
const keptMilliseconds = 14 * 86_400_000;

/**
 * Remembers in IndexedDB. A page holds a Web Lock for as long as it lives: the browser gives it back when the page is closed,
 * crashes or is killed, and that is how others know.
 *
 * @param owner Whoever else uses this browser sees nothing of it: their uploads have another owner.
 * @throws DOMException where the browser keeps nothing (private windows of some, storage that is full)
 */
export async function openUploadMemory(owner: string): Promise<UploadMemory> {
  const database = await openDB<Schema>(databaseName, 1, {
    upgrade: (fresh) => void fresh.createObjectStore('uploads', { keyPath: 'id' }).createIndex('owner', 'owner'),
  });
  const page = crypto.randomUUID();
  const release = await holdLock(lockOf(page));
  const channel = new BroadcastChannel(databaseName);
  const tell = channel.postMessage.bind(channel);
  const tellOthers = () => tell('changed');
  await forgetOld(database);

  return {
    async remember(uploads) {
      const transaction = database.transaction('uploads', 'readwrite');
      const keptAt = Date.now();
      for (const [index, upload] of uploads.entries()) {
        const earlier = await transaction.store.get(upload.id);
        const place = earlier?.place ?? keptAt * 1_000 + index;
        void transaction.store.put({ ...upload, owner, page, place, keptAt });
      }
      await transaction.done;
    },
    async forget(ids) {
      const transaction = database.transaction('uploads', 'readwrite');
      for (const id of ids) void transaction.store.delete(id);
      await transaction.done;
    },
    async listLeft() {
      const kept = await database.getAllFromIndex('uploads', 'owner', owner);
      const { held = [] } = await navigator.locks.query();
      const living = new Set(held.map(({ name }) => name));
      const left = kept.filter((upload) => upload.page !== page && !living.has(lockOf(upload.page)));
      return left.toSorted((one, other) => one.place - other.place);
    },
    async takeOver({ id, page: from }) {
      const transaction = database.transaction('uploads', 'readwrite');
      const kept = await transaction.store.get(id);
      const isLeft = kept?.page === from;
      if (isLeft) void transaction.store.put({ ...kept, page });
      await transaction.done;
      if (isLeft) tellOthers();
      return isLeft;
    },
    subscribe(listener) {
      channel.addEventListener('message', listener);
      return () => channel.removeEventListener('message', listener);
    },
    close() {
      channel.close();
      database.close();
      release();
    },
  };
}

function lockOf(page: string): string {
  return `hikyaku-page-${page}`;
}

/** Resolves to what gives it back. */
function holdLock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const held = Promise.withResolvers<void>();
    const hold = () => {
      resolve(held.resolve);
      return held.promise;
    };
    navigator.locks.request(name, hold).catch(reject);
  });
}

async function forgetOld(database: IDBPDatabase<Schema>): Promise<void> {
  const oldest = Date.now() - keptMilliseconds;
  const transaction = database.transaction('uploads', 'readwrite');
  for await (const cursor of transaction.store) {
    if (cursor.value.keptAt < oldest) void cursor.delete();
  }
  await transaction.done;
}
