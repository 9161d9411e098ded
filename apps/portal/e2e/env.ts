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

const schema = z.object({
  /** Where the portal runs and who may sign in, as JSON: the launcher makes it. */
  HIKYAKU_E2E: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.object({ portalUrl: z.url(), people: z.array(person) })),
  /** Default: the `chromium` on the path. */
  HIKYAKU_CHROMIUM: z.string().optional(),
  /** A folder for pictures of every page; without it none are made. */
  HIKYAKU_SCREENSHOTS: z.string().optional(),
});

export interface E2eEnv {
  stack: { portalUrl: string; people: Person[] };
  chromium: string | undefined;
  screenshots: string | undefined;
}

/** The only place of these tests that reads `process.env`. */
export function e2eEnv(): E2eEnv {
  const values = schema.parse(process.env);
  return { stack: values.HIKYAKU_E2E, chromium: values.HIKYAKU_CHROMIUM, screenshots: values.HIKYAKU_SCREENSHOTS };
}
