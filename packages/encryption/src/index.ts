export { fingerprintOf, generateIdentity, isIdentity, isRecipient, recipientOf } from './age-keys.ts';
export { armorHeader, mostArmorWhitespace } from './armor.ts';
export { type AgeSecrets, decryptAge } from './decrypt-age.ts';
export { type AgeAudience, encryptAge } from './encrypt-age.ts';
export { readArmor } from './read-armor.ts';
export { writeArmor } from './write-armor.ts';
export { ageBeginning } from './write-age-header.ts';
