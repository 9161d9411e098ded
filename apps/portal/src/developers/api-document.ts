import { z } from 'zod';

const schema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  format: z.string().optional(),
  description: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  default: z.unknown().optional(),
  $ref: z.string().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), schema).optional();
  },
  get items() {
    return schema.optional();
  },
  get anyOf() {
    return z.array(schema).optional();
  },
});
export type ApiSchema = z.infer<typeof schema>;

const content = z.record(z.string(), z.object({ schema }));

const operation = z.object({
  operationId: z.string(),
  summary: z.string(),
  description: z.string().optional(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.string(), required: z.boolean(), description: z.string().optional(), schema }),
  ),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({ description: z.string(), content, 'x-codes': z.array(z.string()).optional() }),
  ),
  'x-scope': z.string().optional(),
  'x-example': z.string(),
});
export type ApiOperation = z.infer<typeof operation>;

/** What the page shows of our own OpenAPI document. */
export const apiDocument = z.object({
  info: z.object({ summary: z.string() }),
  servers: z.tuple([z.object({ url: z.url() })]),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
  'x-problems': z.array(
    z.object({
      code: z.string(),
      status: z.int(),
      whatHappened: z.string(),
      whatBecameOfFile: z.string().nullable(),
      whatToDo: z.string(),
    }),
  ),
});
export type ApiDocument = z.infer<typeof apiDocument>;
