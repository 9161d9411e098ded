import { env } from './env.ts';

/** A server with a missing or misspelt variable stops here, not at the first visitor. */
export function register(): void {
  env();
}
