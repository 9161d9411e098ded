import { errorCode } from '@hikyaku/types';
import { z } from 'zod';

// What the tests of /v1 read of its answers; that they are whole, the contract says.

export const put = z.object({ url: z.url(), method: z.literal('PUT'), headers: z.record(z.string(), z.string()) });
export const upload = z.looseObject({ uploadId: z.uuid(), state: z.string(), isSettled: z.boolean() });
export const begun = upload.extend({
  put: put.nullable(),
  parts: z.object({ partSizeBytes: z.int() }).nullable(),
});
export const problem = z.looseObject({ code: errorCode, status: z.int(), title: z.string(), detail: z.string() });
