import { formatDateTime } from '@hikyaku/texts';
import type { UploadAnswer } from '../../api/answers.ts';
import { openApi } from '../../api/open-api.ts';
import { describeUpload } from '../../api/describe-upload.ts';
import { outcomeFailure } from '../../api/outcome-failure.ts';
import { waitUntilSettled } from '../../api/wait-until-settled.ts';
import { printable } from '../../output/printable.ts';
import { printJson, printLine } from '../../output/print.ts';
import type { World } from '../../world.ts';

export interface StatusFlags {
  wait?: number;
  allowRejects?: boolean;
  dataset?: string;
  limit?: number;
  json?: boolean;
}

/** Of one upload the exit code says how it ended; of one that still goes on only where it was waited for. */
export async function runStatus(world: World, flags: StatusFlags, uploadId?: string): Promise<void> {
  const api = await openApi(world);
  if (uploadId === undefined) {
    const { dataset, limit = 20 } = flags;
    return list(world, await api.listUploads({ limit, ...(dataset === undefined ? {} : { dataset }) }), flags.json);
  }
  const upload =
    flags.wait === undefined
      ? await api.getUpload(uploadId)
      : await waitUntilSettled(api, uploadId, { seconds: flags.wait, signal: world.signal });
  if (flags.json) await printJson(world, upload);
  else for (const line of describeUpload(upload, world.locale)) await printLine(world, line);
  if (!upload.isSettled && flags.wait === undefined) return;
  const failure = outcomeFailure(upload, flags);
  if (failure) throw failure;
}

async function list(world: World, items: UploadAnswer[], isJson = false): Promise<void> {
  if (isJson) {
    await printJson(world, { items });
    return;
  }
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  for (const { uploadId, createdAt, dataset, fileName, stateText } of items) {
    const at = formatDateTime(createdAt, world.locale, timeZone);
    await printLine(world, [uploadId, at, dataset, stateText, fileName].map(printable).join('  '));
  }
}
