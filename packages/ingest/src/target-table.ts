import { escapeIdentifier, escapeLiteral } from 'pg';

/** An organization's schema and the NOLOGIN role that owns it and everything in it. */
export interface OrganizationSchema {
  schema: string;
  role: string;
}

/** Where a dataset's rows live. The names are ours, generated; they are quoted all the same. */
export interface TargetTable extends OrganizationSchema {
  table: string;
}

export const quoteIdentifier = escapeIdentifier;
export const quoteLiteral = escapeLiteral;

/** `"schema"."table"`. */
export function qualifiedName(schema: string, table: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
}
