import { createHash, randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { decryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { HikyakuError } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingPort } from '../test/recording-port.ts';
import { answer, hold, startStorageServer, type StorageServer } from '../test/storage-server.ts';
import { type BegunUpload, UploadPaused } from './begun-upload.ts';
import { createMemorySealer } from './create-memory-sealer.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';
import type { SendBody } from './send-body.ts';
import { sendBodyWithHttp } from './send-body-with-http.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';
import type { PartToSign } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';
import { wholeDigestWithNode } from './whole-digest-with-node.ts';

const partBytes = 256 * 1024;
/** Of a machine that does much else. */
const patient = 10_000;
const identity = generateIdentity();
const recipients = [recipientOf(generateIdentity()), recipientOf(identity)];
const bytes = randomBytes(9.5 * partBytes);
const file = fileOf(bytes);
const partNumbers = Array.from({ length: 10 }, (_, index) => index + 1);
const patience = { firstDelaySeconds: 0.01, longestDelaySeconds: 0.02, stallSeconds: 5, answerSeconds: 5 };

let storage: StorageServer;
/** By the name of the URL, what left for it, in the order it left. */
const sent: { name: string; bytes: Buffer }[] = [];

beforeAll(async () => {
  storage = await startStorageServer();
});
beforeEach(() => {
  storage.received.length = 0;
  storage.script();
  sent.length = 0;
});
afterAll(() => storage[Symbol.asyncDispose]());

const lost = () => Promise.reject(new HikyakuError('network', { retriable: true }));

const recordingSend: SendBody = async (request) => {
  const name = new URL(request.put.url).pathname.slice(1);
  sent.push({ name, bytes: Buffer.from(await request.body.arrayBuffer()) });
  return sendBodyWithHttp(request);
};

function start(port: RecordingPort, more: Partial<UploadFileOptions> = {}) {
  const digests = { digestBody: digestBodyWithNode, wholeDigest: wholeDigestWithNode };
  const inNode = { sendBody: recordingSend, ...digests, sealer: createMemorySealer() };
  return uploadFile({ file, port, recipients, ...inNode, ...more, patience: { ...patience, ...more.patience } });
}

const inParts = () => new RecordingPort(storage, partBytes);

function fileOf(content: Uint8Array<ArrayBuffer>, name = '売上.csv'): File {
  return new File([content], name, { type: 'text/csv' });
}

/** The same file with one other byte, at a place where nothing else gives it away. */
function changedAt(place: number): File {
  const changed = Buffer.from(bytes);
  changed.writeUInt8(changed.readUInt8(place) ^ 1, place);
  return fileOf(changed);
}

async function open(sealed: Uint8Array): Promise<Buffer> {
  async function* once() {
    yield sealed;
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of decryptAge(once(), { identities: [identity] })) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const bodyOf = (partNumber: number) => sent.findLast(({ name }) => name === `part-${partNumber}`)?.bytes;

function stored(...numbers: number[]): PartToSign[] {
  return numbers.flatMap((partNumber) => {
    const body = bodyOf(partNumber);
    if (!body) return [];
    const digest = (algorithm: string) => createHash(algorithm).update(body).digest('base64');
    return [{ partNumber, sizeBytes: body.length, digest: { md5: digest('md5'), sha256: digest('sha256') } }];
  });
}

/** Sends what it can until the parts named hang, pauses, and tells what was kept. */
async function sendUntilPaused(port: RecordingPort, ...hanging: number[]): Promise<BegunUpload> {
  const pause = new AbortController();
  let kept: BegunUpload | undefined;
  const sendBody: SendBody = async (request) => {
    const answered = await recordingSend(request);
    const name = new URL(request.put.url).pathname;
    if (hanging.some((number) => name === `/part-${number}`)) await new Promise(() => {});
    return answered;
  };
  // What goes to IndexedDB is a copy, taken each time.
  const onBegun = (begun: BegunUpload) => (kept = structuredClone(begun));
  const upload = start(port, { signal: pause.signal, sendBody, onBegun });
  const outcome = expect(upload).rejects.toBeInstanceOf(UploadPaused);
  await vi.waitFor(() => expect(hanging.every((number) => bodyOf(number))).toBe(true), patient);
  await wait(100);
  pause.abort(new UploadPaused());
  await outcome;
  if (!kept) throw new Error('nothing was kept');
  return kept;
}

describe('an encrypted upload', () => {
  it('arrives in parts as an age file under its name, each part sent with its digests', async () => {
    const port = inParts();
    const progress: UploadProgress[] = [];
    const digestBody = vi.fn(digestBodyWithNode);
    await start(port, { onProgress: (one) => progress.push(one), digestBody });
    const whole = Buffer.concat(partNumbers.map((number) => bodyOf(number) ?? Buffer.of()));
    expect((await open(whole)).equals(bytes)).toBe(true);
    // Of what is stored, not of what it opens to.
    expect(port.wholes).toEqual([createHash('sha256').update(whole).digest('base64')]);
    expect(port.calls[0]).toBe(`create 売上.csv.age ${whole.length} application/octet-stream`);
    expect(progress.at(-1)).toMatchObject({ phase: 'done', sentBytes: whole.length, totalBytes: whole.length });
    for (const { partNumber, digest } of stored(...partNumbers)) {
      expect(port.signed.get(partNumber)).toEqual(digest);
    }
    expect(digestBody).not.toHaveBeenCalled();
  });

  it('arrives by one PUT where it is small, announced with its digests', async () => {
    const port = new RecordingPort(storage);
    await start(port);
    expect((await open(sent[0]?.bytes ?? Buffer.of())).equals(bytes)).toBe(true);
    expect(port.digests).toEqual([await digestBodyWithNode(new Blob([new Uint8Array(sent[0]?.bytes ?? [])]))]);
  });

  it('holds no more than the parts in flight and three to come', async () => {
    const release = Promise.withResolvers<void>();
    storage.script(...partNumbers.map(() => hold(() => release.promise)));
    const sealer = createMemorySealer();
    const seal = vi.spyOn(sealer, 'seal');
    const upload = start(inParts(), { sealer });
    await vi.waitFor(() => expect(storage.received).toHaveLength(4), patient);
    await wait(200);
    // One of them was the whole, small enough to be announced with its digest.
    expect(seal.mock.calls.length - 1).toBeLessThanOrEqual(4 + 3);
    release.resolve();
    await upload;
  });

  it('lets no part leave before it is kept what it was', async () => {
    const kept = Promise.withResolvers<void>();
    const upload = start(inParts(), { onBegun: () => kept.promise });
    await wait(200);
    expect(sent).toEqual([]);
    kept.resolve();
    await upload;
    expect(sent).toHaveLength(10);
  });

  it('sends a part again as it was made, not as a changed file would make it', async () => {
    storage.script(answer(200), answer(503));
    await start(inParts());
    const names = sent.map(({ name }) => name);
    const again = names.find((name, index) => names.indexOf(name) !== index);
    const [first, second] = sent.filter(({ name }) => name === again);
    expect(first?.bytes.equals(second?.bytes ?? Buffer.of())).toBe(true);
  });

  it('of a file that is saved over while it is sent stops there, told as that, and is closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hikyaku-seal-'));
    const path = join(folder, 'large.csv');
    await writeFile(path, randomBytes(40 * partBytes));
    try {
      const onDisk = Object.assign(await openAsBlob(path), { name: 'large.csv' });
      storage.script(hold(() => writeFile(path, randomBytes(40 * partBytes))));
      const port = inParts();
      await expect(start(port, { file: onDisk })).rejects.toMatchObject({ code: 'file-changed', retriable: false });
      expect(port.calls.at(-1)).toBe('abort u1');
      expect(sent.length).toBeLessThan(40);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it.each([
    ['an empty file', { file: fileOf(new Uint8Array()) }, 'empty-file'],
    ['no recipient', { recipients: [] }, 'invalid-input'],
    ['what is no key', { recipients: ['age1'] }, 'invalid-input'],
  ])('is not begun with %s', async (_, more, code) => {
    const port = inParts();
    await expect(start(port, more)).rejects.toMatchObject({ code });
    expect(port.calls).toEqual([]);
  });
});

describe('going on with an encrypted upload', () => {
  it('sends what is missing alone, under the same key', async () => {
    const port = inParts();
    const begun = await sendUntilPaused(port, 3, 5);
    port.sentParts = stored(1, 2, 4);
    await start(port, { begun });
    const whole = Buffer.concat(partNumbers.map((number) => bodyOf(number) ?? Buffer.of()));
    expect((await open(whole)).equals(bytes)).toBe(true);
    expect(sent.filter(({ name }) => /^part-[124](-again)?$/.test(name))).toHaveLength(3);
    expect(port.calls.filter((call) => call.startsWith('create'))).toHaveLength(1);
  });

  it.each([
    ['storage has', stored, 1],
    ['may have left without arriving', () => [], 3],
  ])('sends nothing where a part that %s would be another now, and closes it', async (_, storedOf, part) => {
    const port = inParts();
    const begun = await sendUntilPaused(port, 3);
    const kept = part === 1 && begun.sealed ? { ...begun, sealed: { ...begun.sealed, digests: new Map() } } : begun;
    port.sentParts = storedOf(1, 2);
    sent.length = 0;
    const changed = changedAt((part - 1) * partBytes + 100_000);
    await expect(start(port, { begun: kept, file: changed })).rejects.toMatchObject({
      code: 'file-changed',
      retriable: false,
    });
    expect(port.calls.at(-1)).toBe('abort u1');
    // Of a part that never left before, nothing is given away: only what came before the changed one may be sent.
    expect(sent.every(({ name }) => Number(/\d+/.exec(name)?.[0]) < part)).toBe(true);
  });

  it('sends nothing of a small file that has changed', async () => {
    const port = new RecordingPort(storage);
    let begun: BegunUpload | undefined;
    const first = start(port, { onBegun: (one) => (begun = one), sendBody: lost, patience: { maxTries: 1 } });
    await expect(first).rejects.toMatchObject({ code: 'network' });
    sent.length = 0;
    const again = start(port, { begun, file: changedAt(1_000_000) });
    await expect(again).rejects.toMatchObject({ code: 'file-changed' });
    expect(sent).toEqual([]);
    expect(port.calls.at(-1)).toBe('abort u1');
    await start(port, { begun });
    expect((await open(sent[0]?.bytes ?? Buffer.of())).equals(bytes)).toBe(true);
  });

  it('of what is over begins a new upload with a key of its own', async () => {
    const port = inParts();
    const begun = await sendUntilPaused(port, 3);
    const [before] = sent;
    port.isOver = true;
    port.failCompletes = [new HikyakuError('upload-not-open')];
    sent.length = 0;
    await start(port, { begun, file: changedAt(1_000_000) });
    expect(port.calls.filter((call) => call.startsWith('create'))).toHaveLength(2);
    expect(sent).toHaveLength(10);
    expect(sent[0]?.bytes.equals(before?.bytes ?? Buffer.of())).toBe(false);
  });

  it('that was begun in the open closes that one and begins anew', async () => {
    const port = inParts();
    const begun = { uploadId: 'open', method: 'multipart', partSizeBytes: partBytes } as const;
    await start(port, { begun });
    expect(port.calls.slice(0, 2)).toEqual(['abort open', expect.stringMatching(/^create 売上\.csv\.age/)]);
  });

  it('stays encrypted where nobody says for whom again', async () => {
    const port = inParts();
    const begun = await sendUntilPaused(port, 3);
    port.sentParts = stored(1, 2);
    await start(port, { begun, recipients: undefined });
    const whole = Buffer.concat(partNumbers.map((number) => bodyOf(number) ?? Buffer.of()));
    expect((await open(whole)).equals(bytes)).toBe(true);
  });
});
