import { z } from 'zod';

const environment = z.object({ DATABASE_OWNER_URL: z.url() });

/** What changing datasets needs, and no serving process has: the owner's URL. */
export function readDatasetsEnvironment(variables: NodeJS.ProcessEnv = process.env): z.infer<typeof environment> {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new Error(`The environment is not complete:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
