import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BuildAppOptions, buildApp } from 'fauxqs';

type Stores = NonNullable<BuildAppOptions['stores']>;
type QueuePersistence = NonNullable<Stores['sqsStore']['persistence']>;

/** The pieces `startFauxqs` is put together from. */
interface FauxqsPieces {
  SqsStore: new () => Stores['sqsStore'];
  SnsStore: new () => Stores['snsStore'];
  S3Store: new () => Stores['s3Store'];
  PersistenceManager: new (folder: string) => QueuePersistence & {
    loadSqsAndSns(sqs: Stores['sqsStore'], sns: Stores['snsStore']): void;
    close(): void;
  };
}

/**
 * Puts a queue server together as `startFauxqs` of 2.4.1 does, with one difference that matters: that one listens on all
 * interfaces whatever it is told, and it asks for no credentials. Returns what closes it.
 */
export async function openFauxqs(options: {
  dataFolder: string;
  port: number;
  region: string;
  log: (line: string) => void;
}): Promise<() => Promise<void>> {
  const { SqsStore, SnsStore, S3Store, PersistenceManager } = await importPieces();
  const [sqsStore, snsStore, s3Store] = [new SqsStore(), new SnsStore(), new S3Store()];
  const persistence = new PersistenceManager(options.dataFolder);
  // First what was kept, then the keeping: its rows would be replaced, and their messages deleted with them, while they load.
  persistence.loadSqsAndSns(sqsStore, snsStore);
  sqsStore.persistence = persistence;
  for (const queue of sqsStore.allQueues()) queue.persistence = persistence;
  const app = buildApp({ logger: false, defaultRegion: options.region, stores: { sqsStore, snsStore, s3Store } });
  app.addHook('onError', (request, _reply, error, done) => {
    options.log(`${request.method} ${request.url}: ${error.message}`);
    done();
  });
  app.addHook('onClose', (_app, done) => {
    persistence.close();
    done();
  });
  await app.listen({ port: options.port, host: '127.0.0.1' });
  return () => app.close();
}

/** They are not among the package's exports; its version is pinned, and the restart test would miss them. */
async function importPieces(): Promise<FauxqsPieces> {
  const description = findPackageJSON('fauxqs', import.meta.url);
  if (description === undefined) throw new Error('the npm package fauxqs is not installed');
  const importFile = async (path: string): Promise<Record<string, unknown>> =>
    await import(/* @vite-ignore */ pathToFileURL(join(dirname(description), 'dist', path)).href);
  const [sqs, sns, s3, persistence] = await Promise.all([
    importFile('sqs/sqsStore.js'),
    importFile('sns/snsStore.js'),
    importFile('s3/s3Store.js'),
    importFile('persistence.js'),
  ]);
  const pieces = { ...sqs, ...sns, ...s3, ...persistence };
  if (!hasPieces(pieces)) throw new Error('this version of fauxqs is built differently; see open-fauxqs.ts');
  return pieces;
}

function hasPieces(pieces: object): pieces is FauxqsPieces {
  return ['SqsStore', 'SnsStore', 'S3Store', 'PersistenceManager'].every(
    (name) => name in pieces && typeof Reflect.get(pieces, name) === 'function',
  );
}
