import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { callerHeader, callerName } from '@hikyaku/types';
import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify';
import { fastify, type FastifyBaseLogger, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type Caller, findCaller } from '../auth/find-caller.ts';
import { type AppRouter, appRouter } from '../router.ts';
import type { Context, Services } from '../trpc/context.ts';
import { answerFrameworkError, isOfV1, registerV1, type V1Limits } from '../v1/register-v1.ts';
import { registerAuth } from './register-auth.ts';
import { registerDownloads } from './register-downloads.ts';
import { registerHealth } from './register-health.ts';
import { registerReceiptKeys } from './register-receipt-keys.ts';
import { toHeaders } from './to-headers.ts';

const largestBodyBytes = 256 * 1024;
const longestBatch = 20;

/** The HTTP side of the api: tRPC, better-auth and health, on one origin with the portal in front. */
export async function createServer(
  services: Services,
  options: { trustedProxies: string; v1Limits: V1Limits; ready(): Promise<void> },
): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: services.logger.child({}, { serializers: requestSerializers }) as FastifyBaseLogger,
    genReqId: () => randomUUID(),
    bodyLimit: largestBodyBytes,
    // Inputs of queries travel in the path's query string.
    routerOptions: { maxParamLength: 5_000 },
    trustProxy: options.trustedProxies,
    frameworkErrors: answerFrameworkError(services.portalUrl),
    // What is being answered is answered to its end; streams end because the hub closes.
    forceCloseConnections: 'idle',
  });
  await server.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"] } } });
  // Before anything can refuse: whoever asks the help desk has a number to tell.
  server.addHook('onRequest', async (request, reply) => void reply.header('x-reference-id', request.id));
  endIdleConnectionsOnClose(server);
  refuseForeignOrigins(server, new URL(services.portalUrl).origin);
  registerHealth(server, options);
  registerAuth(server, services.auth, services.portalUrl);
  registerReceiptKeys(server, services.receipts);
  registerDownloads(server, (request, reply) => createContext(services, request, reply));
  await registerV1(server, services, options.v1Limits);
  await server.register(fastifyTRPCPlugin, {
    prefix: '/api/trpc',
    trpcOptions: {
      router: appRouter,
      maxBatchSize: longestBatch,
      createContext: ({ req, res, info }) => createContext(services, req, res, info.connectionParams?.[callerHeader]),
    } satisfies FastifyTRPCPluginOptions<AppRouter>['trpcOptions'],
  });
  return server;
}

/** A connection that a browser keeps alive after its last answer would hold the close for as long as browsers like. */
function endIdleConnectionsOnClose(server: FastifyInstance): void {
  let isClosing = false;
  server.addHook('preClose', async () => {
    isClosing = true;
  });
  server.addHook('onResponse', async () => {
    if (isClosing) setImmediate(() => server.server.closeIdleConnections());
  });
}

/** @param expected Whom the page was made for, where it is no header: a browser's event stream has none of its own. */
function createContext(
  services: Services,
  request: FastifyRequest,
  reply: FastifyReply,
  expected: unknown = request.headers[callerHeader],
): Context {
  const setCookie = (cookie: string) => {
    // The head of a stream is gone by the time its reader is looked up again.
    if (!reply.raw.headersSent) reply.header('set-cookie', cookie);
  };
  const findCallerAgain = async () => {
    const found = await findCaller(services.auth, services.authDatabase, toHeaders(request), setCookie);
    return isExpected(found, expected) ? found : undefined;
  };
  let caller: Promise<Caller | undefined> | undefined;
  return {
    services,
    referenceId: request.id,
    logger: services.logger.child({ referenceId: request.id }),
    findCaller: () => (caller ??= findCallerAgain()),
    findCallerAgain,
  };
}

/** A page of somebody who was signed in before does nothing in the name of who is signed in now. */
function isExpected(found: Caller | undefined, expected: unknown): boolean {
  return expected === undefined || (found !== undefined && callerName(found) === expected);
}

/** A query string may hold an invitation's token: the log gets the path alone. */
const requestSerializers = {
  req: (request: FastifyRequest) => ({ method: request.method, path: request.url.split('?')[0], id: request.id }),
};

/** Cookies are SameSite=Lax; beside that, no page of another origin may change anything. */
function refuseForeignOrigins(server: FastifyInstance, portalOrigin: string): void {
  server.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (request.method === 'GET' || request.method === 'HEAD' || !origin || origin === portalOrigin) return;
    // Knows no cookies.
    if (isOfV1(request.url)) return;
    await reply.code(403).send({ code: 'forbidden', referenceId: request.id });
  });
}
