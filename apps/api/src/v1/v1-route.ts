import type { Readable } from 'node:stream';
import { type ApiTokenScope, type ErrorCode, HikyakuError, type Locale, type LocalizedText } from '@hikyaku/types';
import type { z } from 'zod';
import type { TokenCaller } from '../auth/find-token-caller.ts';
import type { Services } from '../trpc/context.ts';
import { type Fault, InvalidRequest } from './problem.ts';
import { zodLocales } from './zod-locales.ts';

/** A request as it came, before anything of it is believed. */
interface RawRequest {
  path: unknown;
  query: unknown;
  headers: unknown;
  body: unknown;
}

/** What every route is given beside its input. */
export interface CallContext {
  services: Services;
  caller: TokenCaller;
  locale: Locale;
  /** Aborted when whoever asked has gone. */
  signal: AbortSignal;
}

interface AnswerDocumentation {
  text: LocalizedText;
  headers?: Record<string, LocalizedText>;
}

/** What the OpenAPI document tells of a route, and how it is called. */
export interface V1Route {
  operationId: string;
  method: 'GET' | 'POST' | 'DELETE';
  /** As OpenAPI writes it: `/v1/uploads/{uploadId}`. */
  path: string;
  title: LocalizedText;
  description?: LocalizedText;
  /** Undefined: any token will do. */
  scope?: ApiTokenScope;
  input: RouteInput;
  /** The schema of what is answered as JSON, or the media type of a file. */
  answer: z.ZodType | 'text/csv';
  answers: Partial<Record<200 | 201, AnswerDocumentation>>;
  /** What it may refuse with beside what every route may. */
  problems: readonly ErrorCode[];
  /** A command to copy. */
  example: string;
  call(request: RawRequest, context: CallContext): Promise<V1Answer>;
}

interface RouteInput {
  path?: z.ZodObject;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** One that takes undefined may be left out. */
  body?: z.ZodType;
}

interface V1Answer {
  status: 200 | 201;
  headers?: Record<string, string>;
  body: unknown;
}

type Parsed<I extends RouteInput> = { [Part in keyof I]: I[Part] extends z.ZodType ? z.output<I[Part]> : never };

/** A route of /v1: parses what comes in, checks the scope, and lets nothing out that its schema doesn't name. */
export function defineV1Route<I extends RouteInput, A extends z.ZodType>(
  route: Omit<V1Route, 'input' | 'answer' | 'call'> & {
    input: I;
    answer: A;
    handle: (input: Parsed<I>, context: CallContext) => Promise<V1Answer & { body: z.input<A> }>;
  },
): V1Route {
  const { handle, ...documented } = route;
  return {
    ...documented,
    async call(request, context) {
      requireScope(route, context);
      const answered = await handle(parseInput(route.input, request, context.locale), context);
      return { ...answered, body: route.answer.parse(answered.body) };
    },
  };
}

/** A route of /v1 that answers with a file; its bytes are streamed. */
export function defineV1Download<I extends RouteInput>(
  route: Omit<V1Route, 'input' | 'call'> & {
    input: I;
    handle: (input: Parsed<I>, context: CallContext) => Promise<V1Answer & { body: Readable }>;
  },
): V1Route {
  const { handle, ...documented } = route;
  return {
    ...documented,
    async call(request, context) {
      requireScope(route, context);
      return handle(parseInput(route.input, request, context.locale), context);
    },
  };
}

function requireScope({ scope }: Pick<V1Route, 'scope'>, { caller }: CallContext): void {
  if (scope && !caller.token.scopes.includes(scope)) throw new HikyakuError('missing-scope', { details: { scope } });
}

/** An id that isn't one is an id of nothing. */
function parseInput<I extends RouteInput>(input: I, request: RawRequest, locale: Locale): Parsed<I> {
  const parsed: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const part of ['path', 'query', 'headers', 'body'] as const) {
    const result = input[part]?.safeParse(request[part], { error: zodLocales[locale] });
    if (!result) continue;
    parsed[part] = result.data;
    if (!result.error) continue;
    if (part === 'path') throw new HikyakuError('upload-not-found');
    faults.push(...result.error.issues.map((issue) => toFault(part, issue)));
  }
  if (faults.length > 0) throw new InvalidRequest(faults);
  // Each part by its own schema, just now.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return parsed as Parsed<I>;
}

function toFault(part: 'query' | 'headers' | 'body', { path, message }: z.core.$ZodIssue): Fault {
  const names = path.map(String);
  if (part === 'body') return { pointer: ['#', ...names.map(escapePointer)].join('/'), detail: message };
  return { [part === 'query' ? 'parameter' : 'header']: names[0] ?? '', detail: message };
}

/** RFC 6901. */
function escapePointer(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}
