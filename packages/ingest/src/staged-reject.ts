import { type CsvRecord, describeFault, type TableHeader } from '@hikyaku/datasets/reading';
import type { ErrorDetails, RejectCode } from '@hikyaku/types';
import type { DatabaseClient } from './database-client.ts';
import { rejectsTableName } from './staging-table.ts';
import { qualifiedName } from './target-table.ts';

/** A reject on its way into a staging table's rejects. */
export interface StagedReject {
  lineNumber: number;
  columnName: string | null;
  code: RejectCode;
  value: string;
  details: ErrorDetails;
}

export function structuralReject(record: CsvRecord & { fault: RejectCode }, header: TableHeader): StagedReject {
  const fault = describeFault(record);
  const column = header.columns.find((candidate) => candidate.field === fault.field);
  return {
    lineNumber: record.lineNumber,
    columnName: column?.cell ?? null,
    code: fault.code,
    value: fault.value,
    details: fault.details,
  };
}

export async function insertStagedRejects(
  client: DatabaseClient,
  schema: string,
  stagingTable: string,
  rejects: StagedReject[],
): Promise<void> {
  await client.query(
    `INSERT INTO ${qualifiedName(schema, rejectsTableName(stagingTable))} (line_number, column_name, code, value, details)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::jsonb[])`,
    [
      rejects.map((reject) => reject.lineNumber),
      rejects.map((reject) => reject.columnName),
      rejects.map((reject) => reject.code),
      rejects.map((reject) => reject.value),
      rejects.map((reject) => JSON.stringify(reject.details)),
    ],
  );
}
