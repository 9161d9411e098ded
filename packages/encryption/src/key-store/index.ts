export { createFolderKeyStore } from './folder-key-store.ts';
export type { KeyStore } from './key-store.ts';
