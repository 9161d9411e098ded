import { randomInt } from 'node:crypto';
import { callerHeader, errorCode } from '@hikyaku/types';
import { serialize, stringify } from 'superjson';
import { z } from 'zod';
import { type EventStream, openEventStream } from './event-stream.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** As it came over the wire. */
  body: string;
}

export interface ApiClient {
  /** `name=value` of every cookie the server set. */
  cookies: Map<string, string>;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
  signIn(credentials: { email: string; password: string }): Promise<Answer>;
  query(path: string, input?: unknown): Promise<Answer>;
  mutate(path: string, input?: unknown): Promise<Answer>;
  subscribe(path: string, input?: unknown): Promise<EventStream>;
}

/** Plain HTTP as a browser behind the portal sends it, so that answers can be seen byte by byte. */
export function apiClient(options: { url: string; origin: string; caller?: string }): ApiClient {
  const cookies = new Map<string, string>();
  // Every test browser comes from an address of its own: attempts to sign in are counted by address.
  const address = `203.0.${randomInt(256)}.${randomInt(256)}`;
  const headers = (): Record<string, string> => ({
    origin: options.origin,
    'x-forwarded-for': address,
    ...(options.caller !== undefined && { [callerHeader]: options.caller }),
    ...(cookies.size > 0 ? { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}),
  });
  const send = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(new URL(path, options.url), {
      redirect: 'manual',
      ...init,
      headers: { ...headers(), ...Object.fromEntries(new Headers(init.headers)) },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  const post = (path: string, body: unknown) =>
    send(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const streamUrl = (path: string, input: unknown) => {
    const url = new URL(withInput(path, input), options.url);
    const params = JSON.stringify({ [callerHeader]: options.caller });
    if (options.caller !== undefined) url.searchParams.set('connectionParams', params);
    return url;
  };
  return {
    cookies,
    fetch: send,
    signIn: (credentials) => post('/api/auth/sign-in/email', credentials),
    query: (path, input) => send(withInput(path, input)),
    mutate: (path, input) => post(`/api/trpc/${path}`, serialize(input)),
    subscribe: (path, input) => {
      // A browser gives an event stream no headers of its own.
      const { [callerHeader]: _, ...own } = headers();
      return openEventStream(streamUrl(path, input), own);
    },
  };
}

function withInput(path: string, input: unknown): string {
  return `/api/trpc/${path}${input === undefined ? '' : `?input=${encodeURIComponent(stringify(input))}`}`;
}

const answered = z.object({ result: z.object({ data: z.object({ json: z.unknown() }) }) });

/** What a procedure gave, parsed by what the test expects; fails where it gave an error. */
export function dataOf<T>(answer: Answer, shape: z.ZodType<T>): T {
  const parsed = answered.safeParse(JSON.parse(answer.body));
  if (!parsed.success) throw new Error(`no data: ${answer.status} ${answer.body}`);
  return shape.parse(parsed.data.result.data.json);
}

const errorShape = z.strictObject({
  message: errorCode,
  code: z.number(),
  data: z.strictObject({
    code: z.string(),
    httpStatus: z.number(),
    path: z.string().optional(),
    hikyaku: z.strictObject({
      code: errorCode,
      details: z.record(z.string(), z.union([z.string(), z.number()])),
      referenceId: z.uuid(),
    }),
  }),
});
const failed = z.object({ error: z.object({ json: errorShape }) });

export type ErrorBody = z.infer<typeof errorShape>;

/** The error an answer carries: strictly our own fields, so that nothing can be told beside them. */
export function errorOf(body: string): ErrorBody {
  const parsed = failed.safeParse(JSON.parse(body));
  if (!parsed.success) throw new Error(`not one of our errors: ${body}`);
  return parsed.data.error.json;
}

export function errorCodeOf(answer: Answer): string {
  return errorOf(answer.body).data.hikyaku.code;
}
