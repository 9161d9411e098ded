import { formatOf } from '@hikyaku/datasets/reading';
import { promisesEncryption } from '@hikyaku/encryption/beginnings';
import { findNameDate, type PreflightFinding, type ReadingRules } from '@hikyaku/types';
import { FileLook } from './file-look.ts';
import { fileRefused } from './file-refused.ts';
import { judged, type PreflightProgress, type PreflightReport } from './preflight-report.ts';
import { closedForm } from './reading/closed-form.ts';
import { readContent } from './reading/read-content.ts';

/** More than the longest record, so that one that is too long shows. */
const headBytes = 5 * 1024 ** 2;
const formBytes = 1_200;

export interface PreflightOptions {
  fileName: string;
  rules: ReadingRules;
  /** `head`: the first megabytes, by which most is known in less than a second. */
  scope: 'head' | 'whole';
  /** Faults that are told one by one; all are counted. 100 by default. */
  mostFaults?: number;
  /** After each piece of about a megabyte. */
  onProgress?: (progress: PreflightProgress) => void;
  signal?: AbortSignal;
}

/**
 * ```ts
 * const report = await preflightFile(file, { fileName: file.name, rules, scope: 'head' });
 * if (report.isClean) send(file);
 * else for (const finding of report.findings) tell(describePreflightFinding(finding, 'ja'));
 * ```
 *
 * Looks at a file as the worker will read it, before it is sent. Nothing is changed and nothing kept: memory is some
 * megabytes, and up to 64 MiB to tell keys that come again. It says no row refused that the worker takes.
 *
 * Throws the signal's reason, and what reading the file throws.
 */
export async function preflightFile(file: Blob, options: PreflightOptions): Promise<PreflightReport> {
  const { rules, signal } = options;
  const form = new Uint8Array(await file.slice(0, formBytes).arrayBuffer());
  const ofName = nameFindings(options);
  const closed = closedForm(form, rules.format);
  // Whatever is in it: the worker looks no further either.
  if (closed !== 'encrypted' && promisesEncryption(options.fileName, closed === 'signed')) {
    return notLookedInto(file, [...ofName, notEncrypted]);
  }
  if (closed) return notLookedInto(file, [...ofName, { code: 'not-looked-into', level: 'note', form: closed }]);
  const isGzip = formatOf(form) === 'gzip';
  const look = new FileLook({ totalBytes: file.size, isUnpacked: isGzip, rules, mostFaults: options.mostFaults });
  const chunks = readContent(file, {
    isGzip,
    untilByte: options.scope === 'whole' ? file.size : Math.min(headBytes, file.size),
    signal,
  });
  for await (const chunk of chunks) {
    if (!look.goOn(chunk)) break;
    options.onProgress?.(look.progress);
  }
  return look.report(ofName);
}

function nameFindings({ fileName, rules }: PreflightOptions): PreflightFinding[] {
  if (rules.order.by !== 'name-date' || findNameDate(fileName) !== undefined) return [];
  return [fileRefused({ code: 'no-date-in-name', details: {} })];
}

const notEncrypted = fileRefused({ code: 'not-encrypted', details: { expectedBy: 'name' } });

function notLookedInto(file: Blob, findings: PreflightFinding[]): PreflightReport {
  return {
    bytes: { seen: 0, total: file.size },
    isWhole: false,
    encoding: null,
    preview: null,
    rows: { read: 0, refused: 0, repeated: 0, undecided: 0 },
    faults: [],
    faultCount: 0,
    ...judged(findings),
  };
}
