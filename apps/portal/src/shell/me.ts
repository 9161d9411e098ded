import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '../trpc/app-router.ts';

/** Who is signed in, where, and as what. */
export type Me = inferRouterOutputs<AppRouter>['me']['get'];
