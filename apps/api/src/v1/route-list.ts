import { cancelUploadRoute } from './routes/cancel-upload.ts';
import { completeUploadRoute } from './routes/complete-upload.ts';
import { createUploadRoute } from './routes/create-upload.ts';
import { downloadRejectsRoute } from './routes/download-rejects.ts';
import { getUploadRoute } from './routes/get-upload.ts';
import { listDatasetsRoute } from './routes/list-datasets.ts';
import { listRejectsRoute } from './routes/list-rejects.ts';
import type { V1Route } from './v1-route.ts';

/** Everything there is under /v1, in the order in which a script meets it. */
export const v1Routes: readonly V1Route[] = [
  createUploadRoute,
  completeUploadRoute,
  getUploadRoute,
  listRejectsRoute,
  downloadRejectsRoute,
  cancelUploadRoute,
  listDatasetsRoute,
];
