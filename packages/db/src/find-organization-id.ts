import { HikyakuError } from '@hikyaku/types';
import type { ClientBase } from 'pg';
import { z } from 'zod';

/**
 * The id of an organization, by its id or its slug. Needs the owner's connection.
 *
 * @throws HikyakuError `not-found`
 */
export async function findOrganizationId(client: ClientBase, idOrSlug: string): Promise<string> {
  const { rows } = await client.query('SELECT id FROM auth.organization WHERE slug = $1 OR id::text = $1', [idOrSlug]);
  if (rows.length === 0) throw new HikyakuError('not-found');
  return z.object({ id: z.uuid() }).parse(rows[0]).id;
}
