export { type DamagedFile, damagedFiles, type DamagedForm, type DamageKeys } from './damaged-files.ts';
