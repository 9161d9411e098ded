import type { Pool } from 'pg';
import type { Sent } from './check-dataset.ts';

/**
 * Notes which rows a table's statements wrote and for which file. What a merge only confirms, so that an older file can't
 * change it, is not written; `withSame` counts that too.
 */
export async function noteWrittenRows(
  pool: Pool,
  { schema, table }: Sent['table'],
  { sourceColumn, withSame = false }: { sourceColumn: string; withSame?: boolean },
): Promise<void> {
  const updated = withSame ? 'fault_note_insert' : 'fault_note_update';
  await pool.query(`
    CREATE TABLE IF NOT EXISTS public.fault_written (table_name text, id bigint, source text);
    CREATE OR REPLACE FUNCTION public.fault_note_insert() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      EXECUTE format('INSERT INTO public.fault_written SELECT %L, id, %I::text FROM new_rows', TG_TABLE_NAME, TG_ARGV[0]);
      RETURN NULL;
    END $$;
    CREATE OR REPLACE FUNCTION public.fault_note_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      EXECUTE format('INSERT INTO public.fault_written SELECT %L, n.id, n.%2$I::text FROM new_rows n JOIN old_rows o USING (id)
        WHERE (n.name, n.amount, n.day, n.%2$I) IS DISTINCT FROM (o.name, o.amount, o.day, o.%2$I)', TG_TABLE_NAME, TG_ARGV[0]);
      RETURN NULL;
    END $$;
    CREATE TRIGGER fault_insert AFTER INSERT ON "${schema}"."${table}" REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION public.fault_note_insert('${sourceColumn}');
    CREATE TRIGGER fault_update AFTER UPDATE ON "${schema}"."${table}" REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
      FOR EACH STATEMENT EXECUTE FUNCTION public.${updated}('${sourceColumn}')`);
}
