import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import type { V1Answered } from './v1-client.ts';

const media = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) }));
const operation = z.looseObject({
  operationId: z.string(),
  responses: z.record(
    z.string(),
    z.looseObject({ content: media, headers: z.record(z.string(), z.unknown()).optional() }),
  ),
});
const document = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), z.looseObject({})) }),
});

/** What the OpenAPI document promises, and what of it was seen to be true. */
export interface V1Contract {
  /** `createUpload 201`: what is documented by its status, is asked about, and was not seen. */
  unseen: (isAsked: (operationId: string, status: number) => boolean) => string[];
  /** @throws where an answer is not as documented */
  check: (answer: V1Answered) => void;
}

export function v1Contract(openApi: unknown): V1Contract {
  const { paths, components } = document.parse(openApi);
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components });
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => ({
      method: method.toUpperCase(),
      pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
      operationId,
      responses,
    })),
  );
  const kept = new Set<string>();
  return {
    unseen: (isAsked) =>
      operations
        .flatMap(({ operationId, responses }) =>
          Object.keys(responses)
            .filter((status) => status !== 'default' && isAsked(operationId, Number(status)))
            .map((status) => `${operationId} ${status}`),
        )
        .filter((one) => !kept.has(one)),
    check({ method, path, status, headers, body }) {
      const { pathname } = new URL(path, 'http://any');
      const found = operations.find((each) => each.method === method && each.pattern.test(pathname));
      if (!found) return;
      const response = found.responses[String(status)] ?? found.responses['default'];
      const type = headers.get('content-type')?.split(';')[0] ?? '';
      const schema = response?.content[type]?.schema;
      if (!schema) throw new Error(`${method} ${path}: ${status} ${type} is not documented`);
      const validate = ajv.compile(inDocument(schema));
      if (!validate(type.endsWith('json') ? JSON.parse(body) : body)) {
        throw new Error(
          `${method} ${path}: ${status} is not as documented: ${ajv.errorsText(validate.errors)}\n${body}`,
        );
      }
      for (const name of Object.keys(response?.headers ?? {})) {
        if (!headers.has(name)) throw new Error(`${method} ${path}: ${status} lacks the header ${name}`);
      }
      kept.add(`${found.operationId} ${status}`);
    },
  };
}

function inDocument(schema: object): object {
  return z.looseObject({}).parse(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')));
}
