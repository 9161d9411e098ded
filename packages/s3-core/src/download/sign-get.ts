import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';

/** A GET as the SDK would send it: signed in its headers, for its endpoint. */
export interface SignedGet {
  /** `https://host:port` */
  origin: string;
  path: string;
  headers: Record<string, string>;
}

const smithyRequest = z.object({
  protocol: z.string(),
  hostname: z.string(),
  port: z.number().optional(),
  path: z.string(),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])),
  headers: z.record(z.string(), z.string()),
});

/**
 * Has the SDK resolve the endpoint, fetch credentials and sign, and takes the request from it before it is sent: what is
 * fast in our own hands is the transfer of bytes, not the rest.
 */
export async function signGet(client: S3Client, input: GetObjectCommandInput): Promise<SignedGet> {
  const command = new GetObjectCommand(input);
  let request: unknown;
  command.middlewareStack.add(
    () => async (args) => {
      request = args.request;
      return { response: undefined, output: { $metadata: {} } };
    },
    { step: 'deserialize', priority: 'high', name: 'takeSignedRequest' },
  );
  await client.send(command);
  const { protocol, hostname, port, path, query, headers } = smithyRequest.parse(request);
  const search = queryString(query);
  return {
    origin: `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`,
    path: search ? `${path}?${search}` : path,
    headers,
  };
}

function queryString(query: z.infer<typeof smithyRequest>['query']): string {
  return Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${escaped(name)}=${escaped(one ?? '')}`))
    .join('&');
}

/** As SigV4 has it: more than `encodeURIComponent` does. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
