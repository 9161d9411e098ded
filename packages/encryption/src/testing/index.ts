export { type Damage, type DamagedFile, damagedFiles } from './damaged-files.ts';
export { type SealedFile, sealedFiles, type SealedForm, type SealingKeys } from './sealed-files.ts';
