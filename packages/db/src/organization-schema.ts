/** The schema, and the role of the same name, that own an organization's target tables. See `create_organization_schema`. */
export function organizationSchema(organizationId: string): string {
  return `org_${organizationId.replaceAll('-', '')}`;
}
