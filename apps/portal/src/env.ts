import { z } from 'zod';

const schema = z.object({
  /** Where this server reaches the API, such as `http://127.0.0.1:4000`. */
  HIKYAKU_API_URL: z.url({ protocol: /^https?$/ }),
  /** The origin to which browsers send files, such as `https://bucket.s3.ap-northeast-1.amazonaws.com`. */
  HIKYAKU_S3_ORIGIN: z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin),
});

export interface Env {
  apiUrl: string;
  s3Origin: string;
}

let parsed: Env | undefined;

/** Read when the server starts and not when it is built: one build serves every environment. */
export function env(): Env {
  if (!parsed) {
    const values = schema.parse(process.env);
    parsed = { apiUrl: values.HIKYAKU_API_URL, s3Origin: values.HIKYAKU_S3_ORIGIN };
  }
  return parsed;
}
