export { ageBeginning } from './age-header.ts';
export { fingerprintOf, generateIdentity, recipientOf } from './age-keys.ts';
export { decryptAge } from './decrypt-age.ts';
export { encryptAge } from './encrypt-age.ts';
