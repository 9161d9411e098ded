import type { LocalizedText } from '@hikyaku/types';
import { z } from 'zod';

/** Schemas that have a name of their own in the OpenAPI document. */
export const schemas = z.registry<{ id: string }>();

declare module 'zod' {
  interface GlobalMeta extends Partial<LocalizedText> {}
}
