import { Readable } from 'node:stream';
import { findRejectHeader, listRejectLines } from '@hikyaku/db';
import { rejectsFileText } from '@hikyaku/texts';
import { HikyakuError, type Locale } from '@hikyaku/types';
import type { Caller } from '../auth/find-caller.ts';
import type { Services } from '../trpc/context.ts';
import { createRejectsWriter } from './rejects-writer.ts';

/** Of at most 64 KiB each. */
const linesPerPage = 100;

export interface RejectsFile {
  /** With the sender's own name in it, in any script. */
  fileName: string;
  contentType: string;
  /** Reads page by page, as it is read itself; each page under the caller's rights. */
  stream: Readable;
}

/**
 * The refused lines of a file as they were sent, in its own encoding and columns, with the reasons behind them: to be
 * corrected and sent again as it is. The rows of a workbook come as CSV.
 *
 * @throws HikyakuError `not-found` for a file that isn't the organization's, or has no refused lines that were kept
 */
export async function openRejectsFile(
  services: Pick<Services, 'app'>,
  caller: Pick<Caller, 'scope'>,
  fileId: string,
  locale: Locale,
): Promise<RejectsFile> {
  const form = await services.app.inOrganization(caller.scope, (transaction) => findRejectHeader(transaction, fileId));
  if (!form) throw new HikyakuError('not-found');
  const writer = createRejectsWriter(form, locale);
  async function* pages(arrivalId: string) {
    yield writer.head();
    for (let after = 0; ;) {
      const lines = await services.app.inOrganization(caller.scope, (transaction) =>
        listRejectLines(transaction, arrivalId, { after, limit: linesPerPage }),
      );
      if (lines.length > 0) yield writer.lines(lines);
      if (lines.length < linesPerPage) return;
      after = lines.at(-1)?.lineNumber ?? after;
    }
  }
  const base = form.fileName.replace(/(\.(csv|tsv|txt|jsonl|ndjson|xlsx))?(\.gz|\.zip)?(\.age|\.gpg|\.pgp)?$/i, '');
  return {
    fileName: `${base} ${rejectsFileText[locale].fileName}${writer.ending}`,
    contentType: writer.contentType,
    stream: Readable.from(pages(form.arrivalId), { objectMode: false }),
  };
}
