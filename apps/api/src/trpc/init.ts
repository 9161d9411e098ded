import { type ErrorCode, type ErrorDetails, HikyakuError, hasRole, type OrganizationRole } from '@hikyaku/types';
import { initTRPC, TRPCError } from '@trpc/server';
import superjson from 'superjson';
import type { Context } from './context.ts';
import { errorStatus } from './error-status.ts';
import { toHikyakuError } from './to-hikyaku-error.ts';

/** Who may call a procedure. The isolation test reads it and calls each as everybody else. */
interface ProcedureMeta {
  access: 'public' | OrganizationRole | 'platform';
}

/** Stands in every error's `data.hikyaku`: the portal has the text for it. */
export interface ErrorForPeople {
  code: ErrorCode;
  details: ErrorDetails;
  referenceId: string;
}

const trpc = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    transformer: superjson,
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
    errorFormatter({ shape, error, ctx }) {
      const known = errorForPeople(error);
      const hikyaku: ErrorForPeople = { ...known, referenceId: ctx?.referenceId ?? 'none' };
      return {
        ...shape,
        // What an exception says is for our log; people get the text of the code.
        message: known.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, hikyaku },
      };
    },
  });

export const router = trpc.router;

/** What tRPC itself refuses before a procedure is reached. */
const notOurFault: ReadonlySet<TRPCError['code']> = new Set([
  'BAD_REQUEST',
  'PARSE_ERROR',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
]);

function errorForPeople(error: TRPCError): { code: ErrorCode; details: ErrorDetails } {
  if (error.cause instanceof HikyakuError) return { code: error.cause.code, details: error.cause.details };
  if (notOurFault.has(error.code)) return { code: 'invalid-input', details: {} };
  if (error.code === 'NOT_FOUND' || error.code === 'METHOD_NOT_SUPPORTED') return { code: 'not-found', details: {} };
  return { code: 'internal', details: {} };
}

/** Turns whatever a procedure throws into one of our errors, with its status, and logs what is our own fault. */
const reportErrors = trpc.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) {
    // A subscription's stream throws after the procedure has returned it.
    return isStream(result.data) ? { ...result, data: reportStream(result.data, ctx, path) } : result;
  }
  // What tRPC itself refused: an input that doesn't fit, a body that can't be read. An output that doesn't fit is ours.
  if (notOurFault.has(result.error.code) && !(result.error.cause instanceof HikyakuError)) return result;
  throw reported(result.error.cause ?? result.error, ctx, path);
});

async function* reportStream<T>(stream: AsyncIterable<T>, ctx: Context, path: string): AsyncGenerator<T> {
  try {
    yield* stream;
  } catch (error) {
    throw reported(error, ctx, path);
  }
}

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

function reported(error: unknown, { logger }: Context, path: string): TRPCError {
  const cause = toHikyakuError(error);
  const code = errorStatus[cause.code];
  if (code === 'INTERNAL_SERVER_ERROR' || cause.retriable) logger.error({ err: cause, path }, 'procedure failed');
  return new TRPCError({ code, cause });
}

const base = trpc.procedure.use(reportErrors);

export const publicProcedure = base.meta({ access: 'public' });

/** A procedure for members of an organization who have at least `role`. `ctx.caller` says who it is. */
export function procedureFor(role: OrganizationRole) {
  return base.meta({ access: role }).use(async ({ ctx, next }) => {
    const caller = await ctx.findCaller();
    if (!caller) throw new HikyakuError('unauthenticated');
    if (!hasRole(caller.role, role)) throw new HikyakuError('forbidden');
    return next({ ctx: { ...ctx, caller } });
  });
}

/** A procedure for platform administrators. Others are told that it isn't there. */
export const platformProcedure = base.meta({ access: 'platform' }).use(async ({ ctx, next }) => {
  const caller = await ctx.findCaller();
  if (!caller) throw new HikyakuError('unauthenticated');
  if (!caller.isPlatformAdministrator) throw new HikyakuError('not-found');
  return next({ ctx: { ...ctx, caller } });
});
