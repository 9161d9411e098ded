export { createMemorySealer } from './create-memory-sealer.ts';
export { digestBodyWithNode } from './digest-body-with-node.ts';
export { sendBodyWithHttp } from './send-body-with-http.ts';
export { type StreamPort, uploadStream, type UploadStreamOptions } from './upload-stream.ts';
export { wholeDigestWithNode } from './whole-digest-with-node.ts';
