export { confirmOpenPgp } from './confirm-openpgp.ts';
export { decryptOpenPgp, type OpenPgpSecrets } from './decrypt-openpgp.ts';
export { encryptOpenPgp, type OpenPgpAudience, signOpenPgp } from './encrypt-openpgp.ts';
export { type OpenPgpKind, openPgpKindOf } from './openpgp-beginning.ts';
export { createOpenPgpKeyPair, openPgpFingerprintOf, type OpenPgpKeyPair, openPgpPublicKeyOf } from './openpgp-keys.ts';
export type { OpenPgpOptions } from './openpgp-message.ts';
export { readOpenPgpArmor } from './read-openpgp-armor.ts';
