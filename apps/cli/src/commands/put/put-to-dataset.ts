import type { DatasetAnswer } from '../../api/answers.ts';
import { openApi } from '../../api/open-api.ts';
import { outcomeFailure } from '../../api/outcome-failure.ts';
import { waitUntilSettled } from '../../api/wait-until-settled.ts';
import { findLogin } from '../../credentials/find-login.ts';
import { CommandFailure } from '../../command-failure.ts';
import { createProgressBoard } from '../../output/progress-board.ts';
import { writeWhole } from '../../output/write-whole.ts';
import { findAudience } from '../../put/audience.ts';
import { checkSource } from '../../put/check-source.ts';
import { type DatasetSending, type SentFile, sendToDataset } from '../../put/dataset-sender.ts';
import { inParallel } from '../../put/in-parallel.ts';
import { manifestOf } from '../../put/manifest.ts';
import type { Source } from '../../put/source.ts';
import type { World } from '../../world.ts';
import { endPut, type PutResult, tellPlan, tellResult } from './put-report.ts';
import type { PutFlags } from './run-put.ts';

const usualJobs = 2;
/** To close what is open when all else is over. */
const closingMilliseconds = 10_000;

export async function putToDataset(world: World, flags: PutFlags, sources: Source[], slug: string): Promise<void> {
  const { signal } = world;
  const login = await findLogin(world.environment);
  const api = await openApi(world, { login });
  // What was begun when Ctrl-C came is known to its end: only then it can be cancelled.
  const beginner = await openApi(world, { login, signal: new AbortController().signal });
  const dataset = await findDataset(api.listDatasets, slug);
  const audience = await findAudience({ ...flags, recipient: flags.recipient ?? [] }, api.listRecipients);
  const layers = { gzip: flags.gzip ?? false, audience };
  if (flags.dryRun) {
    for (const source of sources) checkSource(source, dataset, layers);
    await tellPlan(world, flags, { sources, dataset, layers });
    return;
  }
  const board = createProgressBoard(world, { isWanted: !flags.quiet && !flags.json && !flags.env, sources });
  const sending: Omit<DatasetSending, 'onProgress'> = {
    api: { ...api, createUpload: beginner.createUpload },
    openCloser: () => closer,
    dataset: slug,
    layers,
    idempotencyKey: flags.idempotencyKey,
    isForced: flags.force ?? false,
    signal,
  };
  const closer = await openApi(world, { login, signal: lastSignal(signal), mostTries: 2 });
  const send = async (source: Source): Promise<SentFile> => {
    checkSource(source, dataset, layers);
    const sent = await sendToDataset({ ...sending, onProgress: board.of(source) }, source);
    if (flags.wait === undefined) return sent;
    const { uploadId } = sent.upload;
    return { ...sent, upload: await waitUntilSettled(api, uploadId, { seconds: flags.wait, signal }) };
  };
  const results: PutResult[] = [];
  try {
    for await (const { item: source, outcome } of inParallel(sources, send, flags.jobs ?? usualJobs)) {
      const sent = outcome.ok ? outcome.value : undefined;
      const failure = outcome.ok ? waitedFailure(outcome.value, flags) : outcome.error;
      const result = { source, sent, failure };
      results.push(result);
      board.clear();
      if (!signal.aborted) await tellResult(world, flags, result, sources.length);
    }
  } finally {
    board.clear();
    if (flags.manifest !== undefined && results.length > 0) {
      const manifest = manifestOf(results, { url: login.url, dataset: slug, layers });
      await writeWhole(flags.manifest, [`${JSON.stringify(manifest, undefined, 2)}\n`], new AbortController().signal);
    }
  }
  signal.throwIfAborted();
  await endPut(world, flags, results);
}

async function findDataset(list: () => Promise<DatasetAnswer[]>, slug: string): Promise<DatasetAnswer> {
  const reached = await list();
  const found = reached.find((dataset) => dataset.slug === slug);
  if (found) return found;
  throw new CommandFailure('no-dataset', {
    dataset: slug,
    known: reached.map((dataset) => dataset.slug).join(', ') || '–',
  });
}

function waitedFailure({ upload }: SentFile, flags: PutFlags): CommandFailure | undefined {
  return flags.wait === undefined ? undefined : outcomeFailure(upload, flags);
}

/** Aborted so many seconds after the other. */
function lastSignal(signal: AbortSignal): AbortSignal {
  const last = new AbortController();
  const end = () => setTimeout(() => last.abort(signal.reason), closingMilliseconds).unref();
  signal.addEventListener('abort', end, { once: true });
  return last.signal;
}
