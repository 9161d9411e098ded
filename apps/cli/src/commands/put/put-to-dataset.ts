import type { DatasetAnswer } from '../../api/answers.ts';
import { openApi } from '../../api/open-api.ts';
import { outcomeFailure } from '../../api/outcome-failure.ts';
import type { V1Client } from '../../api/v1-client.ts';
import { waitUntilSettled } from '../../api/wait-until-settled.ts';
import { CommandFailure } from '../../command-failure.ts';
import { findLogin } from '../../credentials/find-login.ts';
import type { KeptLogin } from '../../credentials/kept-login.ts';
import { createProgressBoard } from '../../output/progress-board.ts';
import { checkTarget, writeWhole } from '../../output/write-whole.ts';
import { findAudience } from '../../put/audience.ts';
import { checkSource } from '../../put/check-source.ts';
import { type DatasetSending, type SentFile, sendToDataset } from '../../put/dataset-sender.ts';
import { createTurns } from '../../put/create-turns.ts';
import { inParallel } from '../../put/in-parallel.ts';
import type { Layers } from '../../put/layers.ts';
import { manifestOf } from '../../put/manifest.ts';
import type { Source } from '../../put/source.ts';
import { signalAfter } from '../../signal-after.ts';
import type { World } from '../../world.ts';
import { endPut, type PutResult, tellPlan, tellResult } from './put-report.ts';
import type { PutFlags } from './run-put.ts';

/** Once for all that is sent. */
interface Sendings {
  world: World;
  flags: PutFlags;
  login: KeptLogin;
  api: V1Client;
  dataset: DatasetAnswer;
  layers: Layers;
}

const usualJobs = 2;
/** After Ctrl-C: for the answer to what was begun, and for all of it with the cancelling. */
const beginningMilliseconds = 5_000;
const closingMilliseconds = 10_000;

export async function putToDataset(world: World, flags: PutFlags, sources: Source[], slug: string): Promise<void> {
  const login = await findLogin(world.environment);
  const api = await openApi(world, { login });
  const dataset = await findDataset(api, slug);
  const audience = await findAudience({ ...flags, recipient: flags.recipient ?? [] }, api.listRecipients);
  const layers = { gzip: flags.gzip ?? false, audience };
  if (flags.dryRun) {
    for (const source of sources) checkSource(source, dataset, layers);
    await tellPlan(world, flags, { sources, dataset, layers });
    return;
  }
  if (flags.manifest !== undefined) await checkTarget(flags.manifest);
  const results: PutResult[] = [];
  const sendings = { world, flags, login, api, dataset, layers };
  try {
    for await (const result of sendAll(sendings, sources)) results.push(result);
  } finally {
    await keepManifest(sendings, results);
  }
  world.signal.throwIfAborted();
  await endPut(world, flags, results);
}

/** One result for each, told as soon as it is there. */
async function* sendAll(sendings: Sendings, sources: readonly Source[]): AsyncGenerator<PutResult> {
  const { world, flags } = sendings;
  const board = createProgressBoard(world, { isWanted: !flags.quiet && !flags.json && !flags.env, sources });
  const sending = await openSending(sendings);
  const send = (source: Source) => sendOne(sendings, { ...sending, onProgress: board.of(source) }, source);
  try {
    for await (const { outcome } of inParallel(sources, send, flags.jobs ?? usualJobs)) {
      if (!outcome.ok) throw outcome.error;
      board.clear();
      if (!world.signal.aborted) await tellResult(world, flags, outcome.value, sources.length);
      yield outcome.value;
    }
  } finally {
    board.clear();
  }
}

/** What is safe in storage is told as that, whatever becomes of the waiting. */
async function sendOne(
  { flags, api, dataset, layers, world }: Sendings,
  sending: DatasetSending,
  source: Source,
): Promise<PutResult> {
  let sent: SentFile | undefined;
  try {
    checkSource(source, dataset, layers);
    sent = await sendToDataset(sending, source);
    if (flags.wait === undefined) return { source, sent, failure: undefined };
    const { uploadId } = sent.upload;
    const upload = await waitUntilSettled(api, uploadId, { seconds: flags.wait, signal: world.signal });
    return { source, sent: { ...sent, upload }, failure: outcomeFailure(upload, flags) };
  } catch (failure) {
    return { source, sent, failure };
  }
}

async function openSending({
  world,
  flags,
  login,
  api,
  dataset,
  layers,
}: Sendings): Promise<Omit<DatasetSending, 'onProgress'>> {
  const { signal } = world;
  // What was begun when Ctrl-C came is known to its end, where that comes soon: only then it can be cancelled.
  const beginner = await openApi(world, { login, signal: signalAfter(signal, beginningMilliseconds) });
  const closer = await openApi(world, { login, signal: signalAfter(signal, closingMilliseconds), mostTries: 2 });
  return {
    api: { ...api, createUpload: beginner.createUpload, cancelUpload: closer.cancelUpload },
    dataset: dataset.slug,
    layers,
    idempotencyKey: flags.idempotencyKey,
    isForced: flags.force ?? false,
    inTurn: createTurns(),
    signal,
  };
}

async function findDataset(api: V1Client, slug: string): Promise<DatasetAnswer> {
  const reached = await api.listDatasets();
  const found = reached.find((dataset) => dataset.slug === slug);
  if (found) return found;
  const known = reached.map((dataset) => dataset.slug).join(', ') || '–';
  throw new CommandFailure('no-dataset', { dataset: slug, known });
}

/** Also after Ctrl-C: what was sent until then was sent. */
async function keepManifest({ flags, login, dataset, layers }: Sendings, results: readonly PutResult[]): Promise<void> {
  if (flags.manifest === undefined || results.length === 0) return;
  const manifest = manifestOf(results, { url: login.url, dataset: dataset.slug, layers });
  await writeWhole(flags.manifest, [`${JSON.stringify(manifest, undefined, 2)}\n`], new AbortController().signal);
}
