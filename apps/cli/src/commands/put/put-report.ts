import { formatBytes } from '@hikyaku/texts';
import type { DatasetAnswer } from '../../api/answers.ts';
import { CommandFailure } from '../../command-failure.ts';
import { describeFailure } from '../../describe-failure.ts';
import { printable } from '../../output/printable.ts';
import { note, printJson, printLine } from '../../output/print.ts';
import { shellQuote } from '../../output/shell-quote.ts';
import type { SentFile } from '../../put/dataset-sender.ts';
import { layeredName, type Layers } from '../../put/layers.ts';
import { resultItem } from '../../put/manifest.ts';
import type { Source } from '../../put/source.ts';
import type { World } from '../../world.ts';
import type { PutFlags } from './run-put.ts';

export interface PutResult {
  source: Source;
  /** Undefined where it was not sent. */
  sent: SentFile | undefined;
  failure: unknown;
}

type Told = Pick<PutFlags, 'json' | 'env' | 'quiet'>;

/** Of each file as soon as it has ended. Of the only one the failure is told by whoever ends the command. */
export async function tellResult(world: World, flags: Told, result: PutResult, total: number): Promise<void> {
  const { sent, failure, source } = result;
  const { locale } = world;
  if (sent && !flags.json && !flags.env && !flags.quiet) {
    const { upload, wasThere } = sent;
    const there = wasThere
      ? { ja: '（送信済みのため、何も送っていません）', en: ' (it was there: nothing was sent)' }[locale]
      : '';
    const line = `${source.path} → ${upload.dataset}  ${upload.stateText}${there}  ${upload.uploadId}`;
    await printLine(world, printable(line));
  }
  if (failure !== undefined && total > 1) {
    for (const line of describeFailure(failure, locale)) note(world, `${printable(source.path)}: ${line}`);
  }
}

/** @throws what the only one failed with, or some-failed */
export async function endPut(world: World, flags: Told, results: readonly PutResult[]): Promise<void> {
  if (flags.json) await printJson(world, { items: results.map(resultItem) });
  const [first] = results;
  if (flags.env && first?.sent) for (const line of variablesOf(first.sent)) await printLine(world, line);
  const failed = results.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return;
  if (results.length === 1) throw first?.failure;
  throw new CommandFailure('some-failed', { failed: failed.length, total: results.length });
}

/** For `eval` in a shell: nothing that a name holds is run. */
function variablesOf({ upload, fileName, wasThere, content, sent }: SentFile): string[] {
  const variables = {
    HIKYAKU_UPLOAD_ID: upload.uploadId,
    HIKYAKU_STATE: upload.state,
    HIKYAKU_FILE_NAME: fileName,
    HIKYAKU_WAS_THERE: wasThere ? '1' : '0',
    HIKYAKU_CONTENT_SHA256: content?.sha256 ?? '',
    HIKYAKU_SENT_SHA256: sent?.sha256 ?? '',
    HIKYAKU_REJECTED_ROWS: upload.counts ? String(upload.counts.rejected) : '',
    HIKYAKU_PAGE: upload.links.page,
  };
  return Object.entries(variables).map(([name, value]) => `${name}=${shellQuote(value)}`);
}

/** What `--dry-run` has found. */
export async function tellPlan(
  world: World,
  flags: Told,
  plan: { sources: readonly Source[]; dataset: DatasetAnswer; layers: Layers },
): Promise<void> {
  const { dataset, layers } = plan;
  const items = plan.sources.map(({ path, name, file }) => ({
    path,
    fileName: layeredName(name, layers),
    sizeBytes: file?.sizeBytes ?? null,
  }));
  if (flags.json) {
    const recipients = layers.audience?.fingerprints ?? [];
    await printJson(world, { dryRun: true, dataset: dataset.slug, recipients, items });
    return;
  }
  for (const { path, fileName, sizeBytes } of items) {
    const size = sizeBytes === null ? '' : `  ${formatBytes(sizeBytes, world.locale)}`;
    await printLine(world, printable(`${path} → ${dataset.slug}/${fileName}${size}`));
  }
  for (const fingerprint of layers.audience?.fingerprints ?? []) note(world, `  ${fingerprint}`);
}
