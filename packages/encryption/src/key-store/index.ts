export { createFolderKeyStore } from './folder-key-store.ts';
export type { KeyStore } from './key-store.ts';
export { parseSecretKey, type SecretKey } from './secret-key.ts';
