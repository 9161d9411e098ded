'use client';

import { hasRole, type OrganizationRole } from '@hikyaku/types';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTrpc } from '../trpc/context.ts';

/** Whether who is signed in has at least this role. The API decides; this only keeps closed doors out of sight. */
export function useMay(role: OrganizationRole): boolean {
  const trpc = useTrpc();
  // The layout has asked already.
  const { data: me } = useSuspenseQuery({ ...trpc.me.get.queryOptions(), staleTime: Number.POSITIVE_INFINITY });
  return hasRole(me.role, role);
}
