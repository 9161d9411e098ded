import { createHash } from 'node:crypto';
import type { DBAdapter, DBAdapterInstance, DBTransactionAdapter, Where } from 'better-auth';

/**
 * Keeps session tokens out of the database: it holds their SHA-256, so that whoever reads `auth.session` can't become
 * anybody. A token comes back in clear only to who gave it, in a `create` or in a `where`. Unsalted: a token is as random
 * as a key.
 */
export function hashSessionTokens(inner: DBAdapterInstance): DBAdapterInstance {
  return (options) => {
    const adapter = inner(options);
    return {
      ...adapter,
      ...hashing(adapter),
      transaction: (work) => adapter.transaction((transaction) => work({ ...transaction, ...hashing(transaction) })),
    };
  };
}

export function hashSessionToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

type TokenMethods = Pick<
  DBAdapter,
  | 'create'
  | 'findOne'
  | 'findMany'
  | 'count'
  | 'update'
  | 'updateMany'
  | 'delete'
  | 'deleteMany'
  | 'consumeOne'
  | 'incrementOne'
>;

function hashing(adapter: DBTransactionAdapter): TokenMethods {
  return {
    create: async <T extends Record<string, unknown>, R = T>(request: Creation<T>) => {
      const token = 'token' in request.data ? request.data['token'] : undefined;
      if (request.model !== 'session' || typeof token !== 'string') return adapter.create<T, R>(request);
      const row = await adapter.create<T, R>({
        ...request,
        data: { ...request.data, token: hashSessionToken(token) },
      });
      return asGiven(row, [token]);
    },
    findOne: async (request) => asGiven(await adapter.findOne(hashed(request)), tokensOf(request)),
    findMany: async <T>(request: Parameters<DBAdapter['findMany']>[0]) => {
      const rows = await adapter.findMany<T>(hashed(request));
      return rows.map((row) => asGiven(row, tokensOf(request)));
    },
    count: (request) => adapter.count(hashed(request)),
    update: async (request) => asGiven(await adapter.update(hashed(request)), tokensOf(request)),
    updateMany: (request) => adapter.updateMany(hashed(request)),
    delete: (request) => adapter.delete(hashed(request)),
    deleteMany: (request) => adapter.deleteMany(hashed(request)),
    consumeOne: async (request) => asGiven(await adapter.consumeOne(hashed(request)), tokensOf(request)),
    incrementOne: async (request) => asGiven(await adapter.incrementOne(hashed(request)), tokensOf(request)),
  };
}

interface Creation<T> {
  model: string;
  data: Omit<T, 'id'>;
  select?: string[] | undefined;
  forceAllowId?: boolean | undefined;
}

interface Request {
  model: string;
  where?: Where[] | undefined;
}

function hashed<R extends Request>(request: R): R {
  if (request.model !== 'session' || !request.where) return request;
  return {
    ...request,
    where: request.where.map((condition) => {
      if (condition.field !== 'token') return condition;
      const { value } = condition;
      if (typeof value === 'string') return { ...condition, value: hashSessionToken(value) };
      return Array.isArray(value)
        ? { ...condition, value: value.map((one) => hashSessionToken(String(one))) }
        : condition;
    }),
  };
}

function tokensOf(request: Request): string[] {
  if (request.model !== 'session') return [];
  const conditions = (request.where ?? []).filter(({ field }) => field === 'token');
  return conditions.flatMap(({ value }) => value).filter((value) => typeof value === 'string');
}

/** The row with its token as its asker knows it. */
function asGiven<Row>(row: Row, tokens: string[]): Row {
  if (typeof row !== 'object' || row === null || !('token' in row)) return row;
  const clear = tokens.find((token) => hashSessionToken(token) === row.token);
  return clear ? { ...row, token: clear } : row;
}
