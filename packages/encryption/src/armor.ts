/** Armor of age: https://age-encryption.org/v1#ascii-armor, which is strict PEM of RFC 7468. */
export const armorHeader = '-----BEGIN AGE ENCRYPTED FILE-----';
export const armorFooter = '-----END AGE ENCRYPTED FILE-----';
export const armorColumns = 64;
export const armorLineBytes = (armorColumns / 4) * 3;
/** White space before the first line, and behind the last. */
export const mostArmorWhitespace = 1_024;
