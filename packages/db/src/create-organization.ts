import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';

export interface NewOrganization {
  name: string;
  slug: string;
  /** IANA name, default Asia/Tokyo. */
  timeZone?: string;
}

/**
 * Makes an organization with the schema and the role that will own its target tables. Needs the owner's URL:
 * the application itself can't make organizations.
 */
export async function createOrganization(ownerUrl: string, organization: NewOrganization): Promise<{ id: string }> {
  const client = new Client(ownerUrl);
  await client.connect();
  try {
    const id = uuidv7();
    await client.query('BEGIN');
    await client.query(`INSERT INTO auth.organization (id, name, slug, time_zone) VALUES ($1, $2, $3, $4)`, [
      id,
      organization.name,
      organization.slug,
      organization.timeZone ?? 'Asia/Tokyo',
    ]);
    await client.query('SELECT create_organization_schema($1)', [id]);
    await client.query('COMMIT');
    return { id };
  } finally {
    await client.end();
  }
}
