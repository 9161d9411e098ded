import { type ErrorCode, type Locale, type LocalizedText, localizedText } from '@hikyaku/types';
import { describeError } from '@hikyaku/texts';
import { z } from 'zod';
import { problem, problemStatus, problemType } from './problem.ts';
import { v1Routes } from './route-list.ts';
import { schemas } from './schema-registry.ts';
import type { V1Route } from './v1-route.ts';

const about: LocalizedText = {
  ja: 'スクリプトからファイルを送り、取り込まれたことを確かめるためのAPIです。トークンはポータルの「APIトークン」で発行します。失敗はすべてRFC 9457のproblem detailsで返ります。',
  en: 'Send files from scripts and see that they were taken in. Tokens are made in the portal under API tokens. Whatever fails answers with RFC 9457 problem details.',
};
const bearer: LocalizedText = {
  ja: 'ポータルで発行したAPIトークン（hky_…）',
  en: 'An API token made in the portal (hky_…)',
};
const anythingElse: LocalizedText = {
  ja: 'そのほかの失敗（429、5xxなど）',
  en: 'Whatever else fails (429, 5xx …)',
};

/** What every route may refuse with. */
const everywhere = ['invalid-token', 'rate-limited', 'database-unavailable', 'internal'] as const satisfies ErrorCode[];

/**
 * OpenAPI 3.1 in one language, made of the schemas that validate requests and answers. `x-problems` explains every problem
 * there is; `x-example` is a command to copy.
 */
export function openApiDocument(locale: Locale, portalUrl: string) {
  const codes = new Set<ErrorCode>([...everywhere, ...addressProblems, ...v1Routes.flatMap(problemsOf)]);
  return {
    openapi: '3.1.1',
    info: {
      title: 'Hikyaku API',
      version: '1',
      summary: about[locale],
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: new URL(portalUrl).origin }],
    security: [{ token: [] }],
    paths: pathsOf(locale),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: bearer[locale] } },
      schemas: componentSchemas(locale),
    },
    'x-problems': Array.from(codes)
      .toSorted(byStatus)
      .map((code) => ({
        code,
        type: problemType(code, portalUrl),
        status: problemStatus(code),
        ...describeError({ code }, locale),
      })),
  };
}

const addressProblems = ['endpoint-not-found', 'method-not-allowed'] as const satisfies ErrorCode[];

/** In the order of their status. */
function problemsOf(route: V1Route): ErrorCode[] {
  const { query, headers, body } = route.input;
  const codes: ErrorCode[] = [
    ...route.problems,
    'invalid-token',
    ...(route.scope ? (['missing-scope'] as const) : []),
    ...((query ?? headers ?? body) ? (['invalid-request'] as const) : []),
    ...(body ? (['invalid-json', 'request-too-large'] as const) : []),
  ];
  return codes.toSorted(byStatus);
}

function byStatus(a: ErrorCode, b: ErrorCode): number {
  return problemStatus(a) - problemStatus(b);
}

function pathsOf(locale: Locale) {
  const byPath = Map.groupBy(v1Routes, ({ path }) => path);
  return Object.fromEntries(
    Array.from(byPath, ([path, routes]) => [
      path,
      Object.fromEntries(routes.map((route) => [route.method.toLowerCase(), operationOf(route, locale)])),
    ]),
  );
}

function operationOf(route: V1Route, locale: Locale) {
  const { body } = route.input;
  return {
    operationId: route.operationId,
    summary: route.title[locale],
    ...(route.description && { description: route.description[locale] }),
    ...(route.scope && { 'x-scope': route.scope }),
    parameters: parametersOf(route, locale),
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: inputSchema(body, locale) } },
      },
    }),
    responses: responsesOf(route, locale),
    'x-example': route.example,
  };
}

function parametersOf({ input }: V1Route, locale: Locale) {
  return (['path', 'query', 'headers'] as const).flatMap((part) =>
    Object.entries(input[part]?.shape ?? {}).map(([name, schema]) => {
      const { description, ...rest } = z
        .object({ description: z.string().optional() })
        .loose()
        .parse(inputSchema(schema, locale));
      return {
        name: part === 'headers' ? headerName(name) : name,
        in: part === 'headers' ? 'header' : part,
        required: part === 'path',
        ...(description && { description }),
        schema: rest,
      };
    }),
  );
}

function responsesOf(route: V1Route, locale: Locale) {
  const answers = Object.entries(route.answers).map(([status, { text, headers }]) => [
    status,
    {
      description: text[locale],
      ...(headers && {
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, told]) => [
            name,
            { description: told[locale], schema: { type: 'string' } },
          ]),
        ),
      }),
      content: contentOf(route),
    },
  ]);
  // What can't be foreseen of a route stands under `default`.
  const foreseen = problemsOf(route).filter((code) => problemStatus(code) < 500);
  const problems = Array.from(Map.groupBy(foreseen, problemStatus), ([status, codes]) => [
    String(status),
    problemResponse(codes.map((code) => describeError({ code }, locale).whatHappened).join(' / '), codes),
  ]);
  return { ...Object.fromEntries([...answers, ...problems]), default: problemResponse(anythingElse[locale], []) };
}

function contentOf({ answer }: V1Route) {
  return typeof answer === 'string'
    ? { [answer]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: reference(answer) } };
}

function problemResponse(description: string, codes: readonly ErrorCode[]) {
  return {
    description,
    ...(codes.length > 0 && { 'x-codes': codes }),
    content: { 'application/problem+json': { schema: reference(problem) } },
  };
}

function componentSchemas(locale: Locale) {
  const { schemas: named } = z.toJSONSchema(schemas, { uri: componentUri, override: told(locale, 'output') });
  return Object.fromEntries(
    Object.entries(named).map(([id, { $schema: _schema, $id: _id, ...schema }]) => [id, schema]),
  );
}

/** What may come in. */
function inputSchema(schema: z.core.$ZodType, locale: Locale): object {
  const { $schema: _schema, ...inPlace } = z.toJSONSchema(schema, { io: 'input', override: told(locale, 'input') });
  return inPlace;
}

function reference(schema: z.core.$ZodType): object {
  const id = schemas.get(schema)?.id;
  if (!id) throw new Error('a schema of the document has no name');
  return { $ref: componentUri(id) };
}

function componentUri(id: string): string {
  return `#/components/schemas/${id}`;
}

/** Says what a value is in the document's language, and leaves out what the format says already. */
function told(locale: Locale, io: 'input' | 'output') {
  return ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
    const texts = localizedText.safeParse(jsonSchema);
    if (texts.data) jsonSchema.description = texts.data[locale];
    delete jsonSchema['ja'];
    delete jsonSchema['en'];
    // Whoever reads an answer should not mind what a later release adds to it.
    if (io === 'output') delete jsonSchema.additionalProperties;
    if (jsonSchema.format) delete jsonSchema.pattern;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  };
}

/** `idempotency-key` → `Idempotency-Key`. */
function headerName(name: string): string {
  return name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
