// How encrypted files begin and are called: for who has to know one, and not to open it. Runs everywhere.
export { armorHeader } from '../armor.ts';
export { openPgpContentOf, openPgpKindOf } from '../openpgp/openpgp-beginning.ts';
export { ageBeginning } from '../write-age-header.ts';
export { promisesEncryption } from './promises-encryption.ts';
