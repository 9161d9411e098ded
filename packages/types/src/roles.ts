import { z } from 'zod';

/** Roles within an organization, from least to most. */
export const organizationRole = z.enum(['uploader', 'operator', 'administrator']);
export type OrganizationRole = z.infer<typeof organizationRole>;
