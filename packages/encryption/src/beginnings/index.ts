// How encrypted files begin: for who has to know one, and not to open it. Runs everywhere.
export { ageBeginning } from '../write-age-header.ts';
export { armorHeader, mostArmorWhitespace } from '../armor.ts';
export { openPgpKindOf } from '../openpgp/openpgp-beginning.ts';
