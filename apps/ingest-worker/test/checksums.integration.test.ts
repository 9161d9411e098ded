import { createHash, randomUUID } from 'node:crypto';
import { createAppDatabase, createUpload, findFile, keepUploadParts, setUploadDigest } from '@hikyaku/db';
import { type BodyDigest, type FileDetail, planObjectKey } from '@hikyaku/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';

const partSizeBytes = 1_000;
const file = itemsFile(300);

let house: House;
let app: ReturnType<typeof createAppDatabase>;
let datasetId: string;

beforeAll(async () => {
  house = await buildHouse();
  await house.startWorker();
  app = createAppDatabase({ url: house.database.app, maxConnections: 2 });
  [{ id: datasetId } = { id: '' }] = await house.query<{ id: string }>('SELECT id FROM dataset');
});

afterAll(async () => {
  await app.close();
  await house.tearDown();
});

describe.each(['parts', 'whole'] as const)('a file whose %s came with checksums', (kind) => {
  test('is taken in where it is what was sent, and says that this was confirmed', async () => {
    const upload = await sendAs(file, kind);
    expect(await arriveAs(upload, file)).toMatchObject({ state: 'taken_in', rows_read: '300' });
    expect((await fileOf(upload.id))?.technical).toMatchObject({
      confirmed: kind,
      checksumSha256: createHash('sha256').update(file).digest('base64'),
    });
  });

  test.each([
    ['its first byte', 0, 1],
    ['a byte of its middle', 2_345, 3],
    ['its last byte', file.length - 2, Math.ceil(file.length / partSizeBytes)],
  ])(
    'is refused where %s is another, with nothing taken in and the reason in its timeline',
    async (_what, at, part) => {
      const before = await house.rows();
      const damaged = Buffer.from(file);
      // Still a line of the file: nothing but the checksum can tell.
      damaged[at] = damaged[at] === 0x31 ? 0x32 : 0x31;
      const upload = await sendAs(file, kind);
      const arrival = await arriveAs(upload, damaged);
      const details = { partNumber: kind === 'parts' ? part : 1 };
      expect(arrival).toMatchObject({ state: 'refused', cause_details: details });
      expect(await house.rows()).toEqual(before);
      await house.expectNothingLeft();
      const shown = await fileOf(upload.id);
      expect(shown).toMatchObject({ state: 'refused', cause: { code: 'checksum-mismatch', details } });
      expect(shown?.technical.confirmed).toBeNull();
      expect(
        shown?.timeline.filter(({ cause }) => cause?.code === 'checksum-mismatch').map((entry) => entry.subject),
      ).toEqual(['run', 'arrival']);
      expect(await house.runs(arrival.id)).toHaveLength(1);
    },
  );
});

test('a file whose sender told the whole of its parts too says that the whole was confirmed', async () => {
  const upload = await sendAs(file, 'parts', digestOf(file).sha256);
  expect(await arriveAs(upload, file)).toMatchObject({ state: 'taken_in' });
  expect((await fileOf(upload.id))?.technical.confirmed).toBe('whole');
});

test('a file whose parts are right and whose whole is not what its sender said is refused, with nothing taken in', async () => {
  const before = await house.rows();
  const upload = await sendAs(file, 'parts', digestOf(Buffer.from('another file')).sha256);
  expect(await arriveAs(upload, file)).toMatchObject({ state: 'refused', cause_code: 'checksum-mismatch' });
  expect(await house.rows()).toEqual(before);
  await house.expectNothingLeft();
});

test('a file that came without checksums is taken in, and nothing is said to be confirmed', async () => {
  const upload = await sendAs(file, undefined);
  expect(await arriveAs(upload, file)).toMatchObject({ state: 'taken_in' });
  expect((await fileOf(upload.id))?.technical.confirmed).toBeNull();
});

interface Sent {
  id: string;
  key: string;
}

/** Writes down that a file is sent, as the api does. */
async function sendAs(bytes: Buffer, kind: 'parts' | 'whole' | undefined, wholeOfParts?: string): Promise<Sent> {
  const { organizationId } = house;
  const scope = { organizationId, actorId: null };
  const id = randomUUID();
  const key = planObjectKey({
    organizationId,
    datasetSlug: 'items',
    uploadId: id,
    fileName: 'items.csv',
    at: new Date(),
    timeZone: 'Asia/Tokyo',
  });
  await app.inOrganization(scope, async (transaction) => {
    await createUpload(transaction, {
      id,
      organizationId,
      datasetId,
      personId: randomUUID(),
      fileName: 'items.csv',
      contentType: 'text/csv',
      sizeBytes: bytes.length,
      bucket: house.account.bucket,
      key,
      expiresAt: new Date(Date.now() + 60_000),
      digest: kind === 'whole' ? digestOf(bytes) : undefined,
      partSizeBytes: kind === 'parts' ? partSizeBytes : undefined,
    });
    if (kind !== 'parts') return;
    const parts = [];
    for (let start = 0; start < bytes.length; start += partSizeBytes) {
      const part = bytes.subarray(start, start + partSizeBytes);
      parts.push({ partNumber: parts.length + 1, sizeBytes: part.length, digest: digestOf(part) });
    }
    await keepUploadParts(transaction, scope, id, parts);
    if (wholeOfParts) await setUploadDigest(transaction, id, wholeOfParts);
  });
  return { id, key };
}

async function arriveAs({ key }: Sent, bytes: Buffer) {
  await house.put('items.csv', bytes, key);
  return house.arrival(key);
}

function fileOf(fileId: string): Promise<FileDetail | undefined> {
  return app.inOrganization({ organizationId: house.organizationId, actorId: null }, (transaction) =>
    findFile(transaction, fileId),
  );
}

function digestOf(bytes: Buffer): BodyDigest {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest('base64');
  return { md5: digest('md5'), sha256: digest('sha256') };
}
