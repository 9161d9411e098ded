import { z } from 'zod';

const person = z.object({
  email: z.string(),
  password: z.string(),
  /** `uploader`, `operator`, `administrator` or `platform administrator`. */
  role: z.string(),
  /** Whatever tells two organizations apart. */
  organization: z.string(),
});
export type Person = z.infer<typeof person>;

const store = z.object({
  endpoint: z.url(),
  region: z.string(),
  bucket: z.string(),
  /** The bucket's owner's: neither api nor worker ever has them. */
  credentials: z.object({ accessKeyId: z.string(), secretAccessKey: z.string() }),
});

const stack = z.object({
  portalUrl: z.url(),
  people: z.array(person),
  store,
  /** Whose memory is looked at. */
  workerPid: z.int(),
});

const schema = z.object({
  /** Where the portal runs and who may sign in, as JSON: the launcher makes it. */
  HIKYAKU_E2E: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(stack),
  /** Default: the `chromium` on the path. */
  HIKYAKU_CHROMIUM: z.string().optional(),
  /** A folder for pictures of every page; without it none are made. */
  HIKYAKU_SCREENSHOTS: z.string().optional(),
  /** How large a big file is. */
  HIKYAKU_BIG_FILE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(3 * 1024 ** 3),
});

export interface E2eEnv {
  stack: z.infer<typeof stack>;
  chromium: string | undefined;
  screenshots: string | undefined;
  bigFileBytes: number;
}

/** The only place of these tests that reads `process.env`. */
export function e2eEnv(): E2eEnv {
  const values = schema.parse(process.env);
  return {
    stack: values.HIKYAKU_E2E,
    chromium: values.HIKYAKU_CHROMIUM,
    screenshots: values.HIKYAKU_SCREENSHOTS,
    bigFileBytes: values.HIKYAKU_BIG_FILE_BYTES,
  };
}
