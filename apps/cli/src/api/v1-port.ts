import { HikyakuError } from '@hikyaku/types';
import type { CreatedUpload, PartToSign, UploadPort } from '@hikyaku/upload-client';
import type { StreamPort } from '@hikyaku/upload-client/node';
import type { BegunUpload, UploadAnswer } from './answers.ts';
import type { NewUpload, V1Client } from './v1-client.ts';

export interface V1PortOptions {
  /** Its `createUpload` and `cancelUpload` still ask when all else is aborted. */
  api: V1Client;
  dataset: string;
  fileName: string;
  contentSha256: string | undefined;
  idempotencyKey: string;
  /** Beyond it goes in parts. */
  singleBytes: number;
  /** Parts that were sent are of use to the next run: only a cancel closes the upload. */
  mayGoOn: boolean;
  /** The last moment to say no. */
  beforeComplete: () => Promise<void>;
}

/** One upload over /v1. */
export interface V1Port {
  fileName: string;
  ofFile: UploadPort;
  ofStream: StreamPort;
  /** To be called when it failed: what may be left open is closed when this resolves. */
  close: (how: { isGivenUp: boolean }) => Promise<void>;
  /** Once it has succeeded. */
  result: () => { upload: UploadAnswer; wasThere: boolean; fileName: string; idempotencyKey: string };
}

export function createV1Port(options: V1PortOptions): V1Port {
  const { api, dataset, fileName, idempotencyKey, contentSha256, mayGoOn } = options;
  let creating: Promise<BegunUpload> | undefined;
  let upload: UploadAnswer | undefined;
  let wasThere = false;
  let aborting: Promise<void> | undefined;

  /** The same key: whoever asks again gets the same upload. */
  const begin = async (request: Pick<NewUpload, 'method' | 'sizeBytes' | 'digest'>): Promise<BegunUpload> => {
    creating = api.createUpload(
      { dataset, fileName, ...request, ...(contentSha256 === undefined ? {} : { contentSha256 }) },
      idempotencyKey,
    );
    const begun = await creating;
    upload = begun;
    wasThere = !begun.put && !begun.parts;
    return begun;
  };
  const signParts: UploadPort['signParts'] = async (uploadId, parts) =>
    (
      await api.signParts(
        uploadId,
        parts.map(({ digest, ...part }) => ({ ...part, ...digest })),
      )
    ).items;
  const complete = async (uploadId: string, sent: { sizeBytes?: number; sha256?: string }) => {
    await options.beforeComplete();
    upload = await api.completeUpload(uploadId, sent);
  };
  const abort = (uploadId: string): Promise<void> => {
    aborting ??= api.cancelUpload(uploadId).then(
      () => undefined,
      // It is closed already, or expires by itself.
      () => undefined,
    );
    return aborting;
  };
  let single: Pick<NewUpload, 'method' | 'sizeBytes' | 'digest'> | undefined;

  return {
    fileName,
    ofFile: {
      async create({ sizeBytes, digest }) {
        const method = sizeBytes > options.singleBytes ? 'multipart' : 'single';
        single = { method, sizeBytes, ...(digest && method === 'single' ? { digest } : {}) };
        return createdUpload(await begin(single), api);
      },
      async presignAgain() {
        const again = single && (await begin(single));
        if (!again?.put) throw new HikyakuError('upload-not-open');
        return again.put;
      },
      listSentParts: (uploadId) => listSentParts(api, uploadId),
      signParts,
      complete: (uploadId, sha256) => complete(uploadId, told(sha256)),
      // A cancel comes by `close`.
      abort: (uploadId) => (mayGoOn ? Promise.resolve() : abort(uploadId)),
    },
    ofStream: {
      async create() {
        const { uploadId, parts } = await begin({ method: 'multipart' });
        return parts ? { uploadId, ...parts } : { uploadId, method: 'stored' };
      },
      signParts,
      complete: (uploadId, sizeBytes, sha256) => complete(uploadId, { sizeBytes, ...told(sha256) }),
      abort,
    },
    async close({ isGivenUp }) {
      const begun = await creating?.catch(() => undefined);
      if (begun && isGivenUp) await abort(begun.uploadId);
      await aborting;
    },
    result() {
      if (!upload) throw new Error('an upload that has not ended');
      return { upload, wasThere, fileName, idempotencyKey };
    },
  };
}

function told(sha256: string | undefined): { sha256?: string } {
  return sha256 === undefined ? {} : { sha256 };
}

async function createdUpload(begun: BegunUpload, api: V1Client): Promise<CreatedUpload> {
  const { uploadId, put, parts, isReplay } = begun;
  if (put) return { uploadId, method: 'single', put };
  if (!parts) return { uploadId, method: 'stored' };
  return { uploadId, method: 'multipart', ...parts, sentParts: isReplay ? await listSentParts(api, uploadId) : [] };
}

/** What an earlier run has sent, to go on behind it. */
async function listSentParts(api: V1Client, uploadId: string): Promise<PartToSign[]> {
  const { items } = await api.listParts(uploadId);
  return items.map(({ md5, sha256, ...part }) => ({ ...part, digest: { md5, sha256 } }));
}
