import packageJson from '../../package.json' with { type: 'json' };
import { CommandFailure } from '../command-failure.ts';
import { HikyakuError } from '@hikyaku/types';
import type { SentFile } from './dataset-sender.ts';
import type { Layers } from './layers.ts';
import type { Source } from './source.ts';

/** What of one file is told to scripts, and kept by whoever wants to prove later what was sent. */
export function resultItem({
  source,
  sent,
  failure,
}: {
  source: Source;
  sent: SentFile | undefined;
  failure: unknown;
}) {
  return {
    path: source.path,
    fileName: sent?.fileName ?? null,
    uploadId: sent?.upload.uploadId ?? null,
    state: sent?.upload.state ?? null,
    stateText: sent?.upload.stateText ?? null,
    isSettled: sent?.upload.isSettled ?? null,
    /** Nothing was sent by this run: it was there from an earlier one. */
    wasThere: sent?.wasThere ?? null,
    content: sent?.content ?? null,
    sent: sent?.sent ?? null,
    counts: sent?.upload.counts ?? null,
    cause: sent?.upload.cause ?? null,
    idempotencyKey: sent?.idempotencyKey ?? null,
    page: sent?.upload.links.page ?? null,
    error: failure === undefined ? null : errorOf(failure),
  };
}

export function manifestOf(
  results: readonly Parameters<typeof resultItem>[0][],
  sending: { url: string; dataset: string; layers: Layers },
) {
  const { url, dataset, layers } = sending;
  const { audience, gzip } = layers;
  return {
    version: 1,
    madeBy: `hikyaku ${packageJson.version}`,
    madeAt: new Date().toISOString(),
    url,
    dataset,
    gzip,
    encryption: audience ? { kind: audience.kind, recipients: audience.fingerprints } : null,
    files: results.map(resultItem),
  };
}

export function errorOf(error: unknown): { code: string; details: Record<string, string | number> } {
  if (error instanceof HikyakuError || error instanceof CommandFailure)
    return { code: error.code, details: error.details };
  return { code: 'unexpected', details: {} };
}
