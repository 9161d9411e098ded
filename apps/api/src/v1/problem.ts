import { describeError, type ErrorText } from '@hikyaku/texts';
import { type ErrorCode, errorCode, errorDetails, HikyakuError, type Locale } from '@hikyaku/types';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { z } from 'zod';
import { errorStatus } from '../trpc/error-status.ts';
import { schemas } from './schema-registry.ts';

const errorText = z
  .object({
    whatHappened: z.string(),
    whatBecameOfFile: z.string().nullable(),
    whatToDo: z.string(),
  })
  .register(schemas, { id: 'ErrorText' });

const fault = z.object({
  pointer: z.string().optional().meta({ ja: '本文の項目（JSON Pointer）', en: 'A member of the body (JSON Pointer)' }),
  parameter: z.string().optional().meta({ ja: 'クエリの項目', en: 'A query parameter' }),
  header: z.string().optional().meta({ ja: 'ヘッダー', en: 'A header' }),
  detail: z.string(),
});
export type Fault = z.infer<typeof fault>;

/** RFC 9457. Programs decide by `code`; `type` leads people to the page that explains it. */
export const problem = z
  .object({
    type: z.url().meta({
      ja: '種類を表すURI。説明のページに通じます。',
      en: 'A URI for the kind of problem; it leads to its explanation.',
    }),
    title: z.string(),
    status: z.int().min(400).max(599),
    detail: z.string(),
    instance: z.string().meta({ ja: '要求のパス', en: 'The path of the request' }),
    code: errorCode.meta({
      ja: '変わらない識別名。プログラムはこれで判断してください。',
      en: 'A stable name: programs decide by it.',
    }),
    details: errorDetails.meta({ ja: '文中の値', en: 'The values that the texts name' }),
    referenceId: z.uuid().meta({ ja: 'お問い合わせ番号', en: 'What to tell the help desk' }),
    retriable: z.boolean().meta({
      ja: '同じ要求が、何も変えなくても後で成功し得るか',
      en: 'Whether the same request may succeed later without any change',
    }),
    errors: z.array(fault).optional().meta({ ja: '誤りのある項目', en: 'What is not valid, and where' }),
    texts: z.object({ ja: errorText, en: errorText }).meta({ ja: '両言語の文', en: 'The texts in both languages' }),
  })
  .register(schemas, { id: 'Problem' });
export type Problem = z.infer<typeof problem>;

/** A request that doesn't fit its schema; says where. */
export class InvalidRequest extends HikyakuError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const first = faults[0];
    const field = first?.pointer ?? first?.parameter ?? first?.header;
    super('invalid-request', { details: field ? { field } : {} });
    this.faults = faults;
  }
}

export function problemStatus(code: ErrorCode): number {
  return getHTTPStatusCodeFromError(new TRPCError({ code: errorStatus[code] }));
}

/** Where a kind of problem is explained. */
export function problemType(code: ErrorCode, portalUrl: string): string {
  return new URL(`/developers#${code}`, portalUrl).href;
}

export function toProblem(
  error: HikyakuError,
  request: { locale: Locale; portalUrl: string; instance: string; referenceId: string },
): Problem {
  return {
    type: problemType(error.code, request.portalUrl),
    // The same for every occurrence; what is particular stands in the detail.
    title: describeError({ code: error.code }, request.locale).whatHappened,
    status: problemStatus(error.code),
    detail: wholeText(describeError(error, request.locale), request.locale),
    instance: request.instance,
    code: error.code,
    details: error.details,
    referenceId: request.referenceId,
    retriable: error.retriable,
    ...(error instanceof InvalidRequest ? { errors: [...error.faults] } : {}),
    texts: { ja: describeError(error, 'ja'), en: describeError(error, 'en') },
  };
}

function wholeText({ whatHappened, whatBecameOfFile, whatToDo }: ErrorText, locale: Locale): string {
  return [whatHappened, whatBecameOfFile, whatToDo].filter(Boolean).join(locale === 'ja' ? '' : ' ');
}
