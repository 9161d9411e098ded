import { cancelUploadRoute } from './routes/cancel-upload.ts';
import { completeUploadRoute } from './routes/complete-upload.ts';
import { createUploadRoute } from './routes/create-upload.ts';
import { downloadReceiptRoute } from './routes/download-receipt.ts';
import { downloadRejectsRoute } from './routes/download-rejects.ts';
import { getUploadRoute } from './routes/get-upload.ts';
import { listDatasetsRoute } from './routes/list-datasets.ts';
import { listPartsRoute } from './routes/list-parts.ts';
import { listRecipientsRoute } from './routes/list-recipients.ts';
import { listRejectsRoute } from './routes/list-rejects.ts';
import { listUploadsRoute } from './routes/list-uploads.ts';
import { signPartsRoute } from './routes/sign-parts.ts';
import type { V1Route } from './v1-route.ts';

/** Everything there is under /v1, in the order in which a script meets it. */
export const v1Routes: readonly V1Route[] = [
  createUploadRoute,
  signPartsRoute,
  listPartsRoute,
  completeUploadRoute,
  getUploadRoute,
  listRejectsRoute,
  downloadRejectsRoute,
  downloadReceiptRoute,
  cancelUploadRoute,
  listUploadsRoute,
  listDatasetsRoute,
  listRecipientsRoute,
];
