export { causesOf } from './causes-of.ts';
export { connectionChecks, diagnoseUpload, type DiagnoseUploadOptions } from './diagnose-upload.ts';
export type { ServerWord, UploadProbe, UploadSurroundings } from './upload-surroundings.ts';
