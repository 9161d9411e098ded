export { confirmMinisign } from './confirm-minisign.ts';
export { longestSignatureBytes } from './minisign-lines.ts';
export { createMinisignKeyPair, type MinisignKeyPair, signMinisign } from './sign-minisign.ts';
