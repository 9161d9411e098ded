// Types only: the portal knows the api's shapes and none of its code.
export type { AppRouter } from './router.ts';
export type { ErrorForPeople } from './trpc/init.ts';
