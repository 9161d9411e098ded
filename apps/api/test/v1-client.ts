import { randomInt } from 'node:crypto';
import { z } from 'zod';

export interface V1Answered {
  method: string;
  path: string;
  status: number;
  headers: Headers;
  body: string;
  /** Parsed by what the test expects. */
  as<T>(shape: z.ZodType<T>): T;
}

export interface V1Client {
  send(
    method: string,
    path: string,
    options?: { headers?: Record<string, string>; body?: unknown },
  ): Promise<V1Answered>;
}

const problemCode = z.object({ code: z.string() });

/** Plain HTTP as a script sends it. `seen` hears of every answer. */
export function v1Client(options: {
  url: string;
  token?: string;
  address?: string;
  seen?: (answer: V1Answered) => void;
}): V1Client {
  const address = options.address ?? `198.51.${randomInt(256)}.${randomInt(256)}`;
  return {
    async send(method, path, { headers = {}, body } = {}) {
      const response = await fetch(new URL(path, options.url), {
        method,
        headers: {
          'x-forwarded-for': address,
          ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const answer: V1Answered = {
        method,
        path,
        status: response.status,
        headers: response.headers,
        body: text,
        as: (shape) => shape.parse(JSON.parse(text)),
      };
      options.seen?.(answer);
      return answer;
    },
  };
}

export function codeOf(answer: V1Answered): string {
  return answer.as(problemCode).code;
}
