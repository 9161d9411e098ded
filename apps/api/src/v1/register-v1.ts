import { acceptedLanguages } from '@hikyaku/texts';
import { type ErrorDetails, HikyakuError, type Locale, locale } from '@hikyaku/types';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readBearerToken } from '../auth/api-token-text.ts';
import { findTokenCaller, type TokenCaller } from '../auth/find-token-caller.ts';
import type { Services } from '../trpc/context.ts';
import { toHikyakuError } from '../trpc/to-hikyaku-error.ts';
import { type AttemptLimit, createAttemptLimit } from './attempt-limit.ts';
import { openApiDocument } from './open-api-document.ts';
import { toProblem } from './problem.ts';
import { v1Routes } from './route-list.ts';
import type { V1Route } from './v1-route.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

export interface V1Limits {
  /** Of one token, by this process. */
  requestsPerMinute: number;
  /** Of one address; beyond that it is told to wait. */
  wrongTokensPerMinute: number;
}

/**
 * Plain HTTP for scripts: bearer tokens alone (a browser's cookies mean nothing here, so no page of another origin can use
 * them), JSON in and out, problem details for whatever fails.
 */
export async function registerV1(server: FastifyInstance, services: Services, limits: V1Limits): Promise<void> {
  const documents = {
    ja: openApiDocument('ja', services.portalUrl),
    en: openApiDocument('en', services.portalUrl),
  } satisfies Record<Locale, unknown>;
  server.get('/openapi.json', (request, reply) => {
    const language = localeOf(request);
    speak(reply, language);
    return reply.send(documents[language]);
  });
  await server.register(
    async (scope) => {
      readJsonWhateverItIsCalled(scope);
      scope.addHook('onRequest', async (request, reply) => speak(reply, localeOf(request)));
      scope.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, services.portalUrl));
      scope.setNotFoundHandler((request, reply) =>
        answerProblem(new HikyakuError('endpoint-not-found'), request, reply, services.portalUrl),
      );
      const authenticate = createAuthentication(services, limits);
      for (const route of v1Routes) registerRoute(scope, route, services, authenticate);
      refuseOtherMethods(scope);
    },
    { prefix: '/v1' },
  );
}

/** What the router refuses before any route is found. */
export function answerFrameworkError(portalUrl: string) {
  return (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    if (isOfV1(request.url)) answerProblem(new HikyakuError('endpoint-not-found'), request, reply, portalUrl);
    else reply.code(404).send({ code: 'not-found', referenceId: request.id });
  };
}

export function isOfV1(url: string): boolean {
  return /^\/v1(?:[/?]|$)/.test(url);
}

type Authenticate = (request: FastifyRequest) => Promise<TokenCaller>;

function registerRoute(scope: FastifyInstance, route: V1Route, services: Services, authenticate: Authenticate): void {
  const callers = new WeakMap<FastifyRequest, TokenCaller>();
  scope.route({
    method: route.method,
    url: routerPath(route),
    // Before a byte of the body is read.
    onRequest: async (request) => void callers.set(request, await authenticate(request)),
    async handler(request, reply) {
      const caller = callers.get(request);
      if (!caller) throw new HikyakuError('invalid-token');
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const { params: path, query, headers, body } = request;
      const answer = await route.call(
        { path, query, headers, body },
        { services, caller, locale: localeOf(request), signal: gone.signal },
      );
      return reply
        .code(answer.status)
        .headers(answer.headers ?? {})
        .send(answer.body);
    },
  });
}

function createAuthentication({ app }: Services, limits: V1Limits): Authenticate {
  const ofToken = createAttemptLimit({ perMinute: limits.requestsPerMinute });
  const ofAddress = createAttemptLimit({ perMinute: limits.wrongTokensPerMinute });
  return async (request) => {
    const token = readBearerToken(request.headers.authorization);
    const caller = token && (await findTokenCaller(app, token));
    if (!caller) {
      // Never those who bring a right one: behind one address there may be a whole company.
      refuseAfter(ofAddress.attempt(request.ip));
      request.log.warn({ address: request.ip }, 'api token refused');
      throw new HikyakuError('invalid-token');
    }
    refuseAfter(ofToken.attempt(caller.token.id));
    return caller;
  };
}

function refuseAfter(retryAfterSeconds: ReturnType<AttemptLimit['attempt']>): void {
  if (retryAfterSeconds === undefined) return;
  throw new HikyakuError('rate-limited', { retriable: true, details: { retryAfterSeconds } });
}

/** Without this the router would say that nothing is there. */
function refuseOtherMethods(scope: FastifyInstance): void {
  const byPath = Map.groupBy(v1Routes, routerPath);
  for (const [url, routes] of byPath) {
    // Where there is GET, the server answers HEAD by itself.
    const allowed = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    scope.route({
      method: methods.filter((method) => !allowed.includes(method)),
      url,
      handler(request, reply) {
        reply.header('allow', allowed.join(', '));
        throw new HikyakuError('method-not-allowed', { details: { method: request.method } });
      },
    });
  }
}

/** `/v1/uploads/{uploadId}` → `/uploads/:uploadId`, below the prefix. */
function routerPath({ path }: V1Route): string {
  return path.slice('/v1'.length).replace(/\{(\w+)\}/g, ':$1');
}

/** `curl -d` calls every body a form: here there is nothing but JSON. An empty body is none. */
function readJsonWhateverItIsCalled(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser('error', 'error');
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, String(body), done);
  });
}

function localeOf(request: FastifyRequest): Locale {
  const languages = acceptedLanguages(request.headers['accept-language'] ?? '');
  return languages.map((language) => locale.safeParse(language).data).find((known) => known !== undefined) ?? 'ja';
}

/** Answers depend on the language and hold addresses that can be written to: nobody on the way keeps them. */
function speak(reply: FastifyReply, language: Locale): void {
  reply.headers({
    'content-language': language,
    vary: 'accept-language, authorization',
    'cache-control': 'no-store',
  });
}

function answerProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, portalUrl: string): FastifyReply {
  const error = ofFramework(thrown) ?? toHikyakuError(thrown);
  const language = localeOf(request);
  const instance = request.url.split('?')[0] ?? '';
  const problem = toProblem(error, { locale: language, portalUrl, instance, referenceId: request.id });
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed');
  speak(reply, language);
  if (error.code === 'invalid-token') reply.header('www-authenticate', challenge(request));
  const wait = error.details['retryAfterSeconds'];
  if (wait !== undefined) reply.header('retry-after', String(wait));
  return reply.code(problem.status).type('application/problem+json').send(problem);
}

/** RFC 6750: whoever brought no token is told no error. */
function challenge(request: FastifyRequest): string {
  return `Bearer realm="Hikyaku"${request.headers.authorization ? ', error="invalid_token"' : ''}`;
}

const frameworkError = z.object({ code: z.string().optional(), statusCode: z.int().min(400).max(499) });
const largestBody = { limitBytes: 256 * 1024 } satisfies ErrorDetails;

/** What Fastify refuses before a route is reached. */
function ofFramework(error: unknown): HikyakuError | undefined {
  const { data } = frameworkError.safeParse(error);
  if (!data) return undefined;
  if (data.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new HikyakuError('request-too-large', { details: largestBody });
  if (data.statusCode === 400) return new HikyakuError('invalid-json', { cause: error });
  return new HikyakuError('invalid-request', { cause: error });
}
