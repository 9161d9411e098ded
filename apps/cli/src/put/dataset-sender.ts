import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { HikyakuError } from '@hikyaku/types';
import { uploadFile } from '@hikyaku/upload-client';
import { digestBodyWithNode, sendBodyWithHttp, uploadStream, wholeDigestWithNode } from '@hikyaku/upload-client/node';
import type { UploadAnswer } from '../api/answers.ts';
import { createV1Port, type V1Port, type V1PortOptions } from '../api/v1-port.ts';
import { CommandFailure, type CommandFailureCode } from '../command-failure.ts';
import { type ContentDigest, createDigestTap, digestAll } from './content-digest.ts';
import { collectingGarbage } from './garbage-tap.ts';
import type { InTurn } from './create-turns.ts';
import { hasLayers, layeredName, type Layers, throughLayers } from './layers.ts';
import { readBeginning } from './read-beginning.ts';
import type { Source } from './source.ts';

export interface DatasetSending extends Pick<V1PortOptions, 'api'> {
  dataset: string;
  layers: Layers;
  /** Undefined: that of the content, so that a rerun sends nothing. */
  idempotencyKey: string | undefined;
  /** A new upload, whatever was sent before. */
  isForced: boolean;
  /** Files of the same content are one upload: side by side they would get into each other's way. */
  inTurn: InTurn;
  signal: AbortSignal;
  onProgress: (doneBytes: number, totalBytes: number | undefined) => void;
}

/** What became of one file; all that its sender may want to prove later. */
export interface SentFile {
  path: string;
  /** As the other side knows it. */
  fileName: string;
  /** Before anything was done to it; undefined of a stream that nobody asked for, as it was there already. */
  content: ContentDigest | undefined;
  /** What went over; undefined where nothing did and it can't be told. */
  sent: ContentDigest | undefined;
  /** It was there from an earlier run. */
  wasThere: boolean;
  idempotencyKey: string;
  upload: UploadAnswer;
}

/** In one PUT up to here. */
const singleBytes = 16 * 1024 ** 2;
/** A part's worth of a stream is held to know whether that is all of it. */
const partBytes = 8 * 1024 ** 2;
/** A nightly job has time: about two minutes of an outage are sat out. */
const patience = { maxTries: 8 };

/**
 * Sends one file to a dataset and has it confirmed: what returns is safe in storage.
 *
 * A file is read twice: once to know what it is, so that what was sent before is not sent again. One that changes in between
 * is `file-changed`, and its upload cancelled.
 *
 * @throws HikyakuError, CommandFailure; the signal's reason once the upload is closed
 */
export async function sendToDataset(sending: DatasetSending, source: Source): Promise<SentFile> {
  const { signal, onProgress, layers, isForced, inTurn } = sending;
  const { file } = source;
  const content = file && (await digestAll(source.open(), signal, () => onProgress(0, file.sizeBytes)));
  const send = () =>
    hasLayers(layers) || !file ? sendStream(sending, source, content) : sendFile(sending, source, file, content);
  return content && !isForced ? inTurn(content.sha256, send) : send();
}

async function sendFile(
  sending: DatasetSending,
  source: Source,
  { sizeBytes, hasChanged }: NonNullable<Source['file']>,
  content: ContentDigest | undefined,
): Promise<SentFile> {
  const port = createV1Port({
    ...portOptions(sending, source, content),
    mayGoOn: true,
    async beforeComplete() {
      if (await hasChanged()) throw new CommandFailure('file-changed', { path: source.path });
    },
  });
  const file = Object.assign(await openBlob(source.path), { name: port.fileName });
  await closing(port, sending, source, () =>
    uploadFile({
      ...howToSend(sending, port),
      file,
      onProgress: ({ sentBytes }) => sending.onProgress(sentBytes, sizeBytes),
    }),
  );
  return sentFile(source, port, { content, sent: content });
}

async function openBlob(path: string): Promise<Blob> {
  try {
    return await openAsBlob(path);
  } catch (cause) {
    throw new CommandFailure('file-missing', { path }, { cause });
  }
}

/** What fits into one PUT is sent in one. */
async function sendStream(
  sending: DatasetSending,
  source: Source,
  known: ContentDigest | undefined,
): Promise<SentFile> {
  const { layers, signal, onProgress } = sending;
  const [plain, layered] = [createDigestTap(), createDigestTap()];
  const opened = collectingGarbage(source.open());
  const stream = layered.through(throughLayers(plain.through(opened), layers));
  const { beginning, rest } = await readBeginning(stream, partBytes, signal);
  let ended: { content: ContentDigest; sent: ContentDigest } | undefined;
  const port = createV1Port({
    ...portOptions(sending, source, known),
    mayGoOn: false,
    async beforeComplete() {
      ended ??= { content: plain.finish(), sent: layered.finish() };
      if (known && known.sha256 !== ended.content.sha256) {
        throw new CommandFailure('file-changed', { path: source.path });
      }
    },
  });
  await closing(port, sending, source, () => {
    if (rest !== undefined) {
      return uploadStream({
        stream: rest,
        port: port.ofStream,
        signal,
        patience,
        onProgress: (bytes) => onProgress(bytes, undefined),
      });
    }
    const file = Object.assign(new Blob(beginning), { name: port.fileName });
    return uploadFile({
      ...howToSend(sending, port),
      file,
      onProgress: ({ sentBytes }) => onProgress(sentBytes, file.size),
    });
  });
  return sentFile(source, port, ended ?? { content: known, sent: undefined });
}

function portOptions(sending: DatasetSending, source: Source, content: ContentDigest | undefined) {
  const { api, dataset, layers, idempotencyKey, isForced } = sending;
  const ofContent = content && !isForced ? `${dataset}-${content.sha256}` : undefined;
  return {
    api,
    dataset,
    fileName: layeredName(basename(source.name), layers),
    contentSha256: content?.sha256,
    singleBytes,
    // Of this run alone: what is repeated within it makes no second upload.
    idempotencyKey: idempotencyKey ?? ofContent ?? crypto.randomUUID(),
  };
}

function howToSend({ signal }: DatasetSending, port: V1Port) {
  const inNode = { sendBody: sendBodyWithHttp, digestBody: digestBodyWithNode, wholeDigest: wholeDigestWithNode };
  return { port: port.ofFile, signal, patience, ...inNode };
}

/** Nothing is left half: who waits for the end of this waits for the cancelling too. What may pass keeps its parts for the next run. */
async function closing(
  port: V1Port,
  { signal }: DatasetSending,
  { file, path }: Source,
  send: () => Promise<unknown>,
): Promise<void> {
  try {
    await send();
  } catch (error) {
    // Reading what was written over fails in many ways.
    const failure = (await file?.hasChanged()) ? new CommandFailure('file-changed', { path }) : error;
    await port.close({ isGivenUp: signal.aborted || !mayPass(failure) });
    signal.throwIfAborted();
    throw failure;
  }
}

/** What stands between us and the server: what it says is about neither the file nor the upload. */
const onTheWay: CommandFailureCode[] = ['not-our-server', 'redirected', 'untrusted-server'];

function mayPass(failure: unknown): boolean {
  if (failure instanceof CommandFailure) return onTheWay.includes(failure.code);
  return failure instanceof HikyakuError && failure.retriable;
}

function sentFile(source: Source, port: V1Port, digests: Pick<SentFile, 'content' | 'sent'>): SentFile {
  const { upload, idempotencyKey, fileName, wasThere } = port.result();
  return { path: source.path, fileName, ...digests, wasThere, idempotencyKey, upload };
}
