import type { LocalCloudAddresses } from '../addresses.ts';

declare module 'vitest' {
  interface ProvidedContext {
    localCloud: LocalCloudAddresses;
  }
}
