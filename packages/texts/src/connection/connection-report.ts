import type { ConnectionFinding, DoctorState, ErrorDetails, Locale } from '@hikyaku/types';
import { describeConnectionFinding } from './describe-connection-finding.ts';
import { formatBytes } from '../format-bytes.ts';
import { originOf } from './origin-of.ts';
import { redact } from './redact.ts';

/** What a help desk wants to know beside the findings. Nothing of it has to be clean. */
export interface ConnectionReportContext {
  /** When the check ended, by the device's clock. */
  at: Date;
  pageOrigin: string;
  userAgent: string;
  /** Of the file that could not be sent. */
  failure?: {
    code: string;
    referenceId: string | null;
    fileName: string;
    sizeBytes: number;
  };
}

const marks = { ok: '✓', warn: '!', fail: '✗', skipped: '-' } satisfies Record<DoctorState, string>;
const labels = {
  ja: {
    title: 'Hikyaku 通信の確認',
    at: '日時',
    site: 'サイト',
    browser: 'ブラウザー',
    error: 'エラー',
    reference: '照会番号',
    file: 'ファイル',
  },
  en: {
    title: 'Hikyaku connection check',
    at: 'Time',
    site: 'Site',
    browser: 'Browser',
    error: 'Error',
    reference: 'Reference',
    file: 'File',
  },
} as const;
const longestUserAgent = 300;

/**
 * What was found, as plain text to copy, save and pass on. It names hosts, sizes, times and codes, and of a file its ending; no
 * URL's path or query, no token, no address, no name. Details that nobody knows are left out, whatever they hold.
 */
export function connectionReport(
  findings: readonly ConnectionFinding[],
  context: ConnectionReportContext,
  locale: Locale,
): string {
  const label = labels[locale];
  const { failure } = context;
  const lines = [
    label.title,
    `${label.at}: ${context.at.toISOString()}`,
    `${label.site}: ${originOf(context.pageOrigin) ?? '?'}`,
    `${label.browser}: ${redact(context.userAgent.slice(0, longestUserAgent))}`,
    ...(failure
      ? [
          `${label.error}: ${codeOf(failure.code)}`,
          ...(isReference(failure.referenceId) ? [`${label.reference}: ${failure.referenceId}`] : []),
          `${label.file}: ${[endingOf(failure.fileName), formatBytes(failure.sizeBytes, locale)].filter(Boolean).join(', ')}`,
        ]
      : []),
    '',
    ...findings.flatMap((finding) => linesOf({ ...finding, details: knownDetails(finding.details) }, locale)),
  ];
  return `${lines.join('\n')}\n`;
}

function linesOf(finding: ConnectionFinding, locale: Locale): string[] {
  const { state, reason, certainty, details, milliseconds } = finding;
  const { title, cause, remedy } = describeConnectionFinding(finding, locale);
  const told = [
    ...(reason ? [codeOf(reason), certainty] : []),
    ...(state === 'skipped' ? [] : [`${milliseconds} ms`]),
    ...Object.entries(details).map(([name, value]) => `${name}=${value}`),
  ];
  const why = state === 'skipped' ? [] : [cause, remedy].filter((part) => part !== null);
  return [`${marks[state]} ${title} [${told.join(', ')}]`, ...why.map((part) => `    ${part}`)];
}

const isNumber = (value: string | number) => typeof value === 'number';
const fits = (pattern: RegExp) => (value: string | number) => pattern.test(String(value));

/** What a report may say, and how it has to look. */
const allowed: Readonly<Record<string, (value: string | number) => boolean>> = {
  host: fits(/^(?:[a-z0-9-]{1,63}\.){0,8}[a-z0-9-]{1,63}(?::\d{1,5})?$|^\[[0-9a-f:]{2,45}\](?::\d{1,5})?$/),
  status: isNumber,
  storageCode: fits(/^[A-Za-z.]{1,48}$/),
  seconds: isNumber,
  direction: fits(/^(?:ahead|behind)$/),
  sizeBytes: isNumber,
  smallBytes: isNumber,
  sentBytes: isNumber,
  bytesPerSecond: isNumber,
};

function knownDetails(details: ErrorDetails): ErrorDetails {
  return Object.fromEntries(
    Object.entries(details).filter(([name, value]) => Object.hasOwn(allowed, name) && allowed[name]?.(value)),
  );
}

function codeOf(code: string): string {
  return /^[a-z-]{1,40}$/.test(code) ? code : '?';
}

/** As our server makes them. */
function isReference(referenceId: string | null): boolean {
  return referenceId !== null && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(referenceId);
}

function endingOf(fileName: string): string {
  return /\.[a-z0-9]{1,5}$/i.exec(fileName)?.[0].toLowerCase() ?? '';
}
