import type { Pool } from 'pg';
import { z } from 'zod';
import type { SampleFile } from './sample-file.ts';

/** A file that S3 took, and what is to become of it. */
export interface Sent {
  datasetSlug: string;
  table: { schema: string; table: string };
  bucket: string;
  key: string;
  versionId: string;
  file: SampleFile;
  /** When it was put, in milliseconds: somewhere between. */
  put: { began: number; ended: number };
  /** `taken_in` unless given; the causes are those it may be refused for, or left to a person for. */
  expected?: { state: 'refused' | 'failed'; causes: readonly string[] };
}

export interface DatasetReport {
  lost: number;
  doubled: number;
  stale: number;
  unsettled: number;
  violations: string[];
  states: Record<string, number>;
}

const arrivalRow = z.object({
  id: z.uuid(),
  key: z.string(),
  version_id: z.string(),
  state: z.string(),
  cause_code: z.string().nullable(),
  source_position: z.coerce.bigint(),
  rows_read: z.coerce.number(),
  rows_inserted: z.coerce.number(),
  rows_updated: z.coerce.number(),
  rows_unchanged: z.coerce.number(),
  rows_repeated: z.coerce.number(),
  rows_rejected: z.coerce.number(),
  rejects: z.coerce.number(),
  run_states: z.array(z.string()),
});
type Arrival = z.infer<typeof arrivalRow>;

export const terminalStates = ['taken_in', 'refused', 'failed', 'unrouted', 'quarantined', 'stored'];

/** Compares one dataset's table and ledger with what its files make of it. Everything sent to it has to be settled. */
export async function checkDataset(pool: Pool, sent: readonly Sent[]): Promise<DatasetReport> {
  const report: DatasetReport = { lost: 0, doubled: 0, stale: 0, unsettled: 0, violations: [], states: {} };
  const [first] = sent;
  if (!first) return report;
  const arrivals = await findArrivals(pool, sent);
  const taken: { arrival: Arrival; file: SampleFile; put: Sent['put'] }[] = [];
  for (const one of sent) {
    const arrival = checkArrival(arrivals, one, report);
    if (arrival?.state === 'taken_in') taken.push({ arrival, ...one });
  }
  taken.sort((a, b) => (isOlder(a.arrival, b.arrival) ? -1 : 1));
  checkOrder(taken, report);
  await checkWatermark(pool, first, taken.at(-1)?.arrival, report);
  await compareRows(
    pool,
    first.table,
    taken.map(({ file }) => file),
    report,
  );
  await countWritten(pool, first.table, report);
  const inserted = taken.reduce((sum, { arrival }) => sum + arrival.rows_inserted, 0);
  const keys = new Set(taken.flatMap(({ file }) => [...file.rows.keys()])).size;
  if (inserted !== keys) report.violations.push(`ledger: ${inserted} rows inserted for ${keys} keys`);
  return report;
}

/** As the ledger orders the files of a dataset. */
function isOlder(a: Arrival, b: Arrival): boolean {
  return a.source_position === b.source_position ? a.id < b.id : a.source_position < b.source_position;
}

const second = (milliseconds: number) => Math.floor(milliseconds / 1_000);

/** Files that were put in different seconds, which is what the events tell, stand in the ledger as they were put. */
function checkOrder(inOrder: readonly { file: SampleFile; put: Sent['put'] }[], report: DatasetReport): void {
  let newest: { name: string; began: number } | undefined;
  for (const { file, put } of inOrder) {
    if (newest && second(put.ended) < second(newest.began)) {
      report.violations.push(`${file.name}: newer in the ledger than ${newest.name}, and was put before it`);
    }
    if (!newest || put.began > newest.began) newest = { name: file.name, began: put.began };
  }
}

/** How far the dataset says it has come is where its newest file taken in stands: neither ahead of its rows nor behind. */
async function checkWatermark(
  pool: Pool,
  { datasetSlug }: Sent,
  newest: Arrival | undefined,
  report: DatasetReport,
): Promise<void> {
  const { rows } = await pool.query<{ id: string | null }>(
    'SELECT watermark_arrival_id AS id FROM dataset WHERE slug = $1',
    [datasetSlug],
  );
  const found = rows[0]?.id ?? null;
  if (found !== (newest?.id ?? null)) report.violations.push(`watermark at ${found} instead of ${newest?.id ?? null}`);
}

async function findArrivals(pool: Pool, sent: readonly Sent[]): Promise<Arrival[]> {
  const { rows } = await pool.query(
    `SELECT a.id, a.key, a.version_id, a.state, a.cause_code, coalesce(a.source_position, a.position) AS source_position, a.rows_read, a.rows_inserted, a.rows_updated,
            a.rows_unchanged, a.rows_repeated, a.rows_rejected,
            (SELECT count(DISTINCT r.line_number) FROM reject r WHERE r.arrival_id = a.id) AS rejects,
            ARRAY(SELECT r.state::text FROM ingest_run r WHERE r.arrival_id = a.id ORDER BY r.started_at) AS run_states
       FROM arrival a WHERE a.key = ANY ($1)`,
    [sent.map(({ key }) => key)],
  );
  return z.array(arrivalRow).parse(rows);
}

function checkArrival(arrivals: readonly Arrival[], one: Sent, report: DatasetReport): Arrival | undefined {
  const found = arrivals.filter((arrival) => arrival.key === one.key && arrival.version_id === one.versionId);
  const [arrival] = found;
  const say = (what: string) => report.violations.push(`${one.file.name}: ${what}`);
  if (!arrival || found.length > 1) {
    report.unsettled += 1;
    say(`${found.length} arrivals of one version`);
    return arrival;
  }
  report.states[arrival.state] = (report.states[arrival.state] ?? 0) + 1;
  const { state, causes } = one.expected ?? { state: 'taken_in', causes: undefined };
  if (!terminalStates.includes(arrival.state)) report.unsettled += 1;
  if (arrival.state !== state) say(`${arrival.state} (${arrival.cause_code}) instead of ${state}`);
  else if (causes && !causes.includes(arrival.cause_code ?? '')) {
    say(`${state} as ${arrival.cause_code}, not ${causes.join(' or ')}`);
  }

  const ended = arrival.run_states.filter((run) => run === 'committed' || run === 'rejected');
  const open = arrival.run_states.filter((run) => !['committed', 'rejected', 'released', 'failed'].includes(run));
  if (ended.length > 1) report.doubled += one.file.rows.size;
  // What waits for a person was settled by no run, and an empty object is refused before there is one.
  const settling = state === 'failed' || one.file.bytes.length === 0 ? 0 : 1;
  if (arrival.state === state && ended.length !== settling) say(`${ended.length} runs that settled it`);
  if (open.length > 0) say(`runs still ${open.join(', ')}`);
  if (arrival.state === 'taken_in') checkCounts(arrival, one.file, say);
  return arrival;
}

function checkCounts(arrival: Arrival, file: SampleFile, say: (what: string) => void): void {
  const merged = arrival.rows_inserted + arrival.rows_updated + arrival.rows_unchanged;
  const ledger = [arrival.rows_read, arrival.rows_rejected, arrival.rejects, arrival.rows_repeated, merged];
  const model = [file.read, file.rejected, file.rejected, file.repeated, file.rows.size];
  if (ledger.join() !== model.join()) say(`ledger counts ${ledger.join(' ')}, model ${model.join(' ')}`);
}

/** Files in their order: a later one's rows take the place of an earlier one's. */
export async function compareRows(
  pool: Pool,
  { schema, table }: Sent['table'],
  files: readonly SampleFile[],
  report: DatasetReport,
): Promise<void> {
  const expected = new Map<number, string>();
  for (const file of files) for (const [id, row] of file.rows) expected.set(id, row);
  const { rows } = await pool.query<[string, string]>({
    text: `SELECT id::text, concat_ws('|', name, amount::text, day::text) FROM "${schema}"."${table}"`,
    rowMode: 'array',
  });
  let surplus = 0;
  for (const [id, row] of rows) {
    const wanted = expected.get(Number(id));
    if (wanted === undefined) surplus += 1;
    else if (wanted !== row) {
      if (files.some((file) => file.rows.get(Number(id)) === row)) report.stale += 1;
      else surplus += 1;
    }
    expected.delete(Number(id));
  }
  report.lost += expected.size;
  if (expected.size > 0) report.violations.push(`${expected.size} rows missing`);
  if (report.stale > 0) report.violations.push(`${report.stale} rows of an older file`);
  if (surplus > 0) report.violations.push(`${surplus} rows that no file has`);
}

/** Every row that a statement of a committed transaction wrote, noted by a trigger: see `noteWrittenRows`. */
export async function countWritten(pool: Pool, { table }: Sent['table'], report: DatasetReport): Promise<void> {
  const { rows } = await pool.query<{ doubled: string }>(
    `SELECT coalesce(sum(times - 1), 0) AS doubled FROM (
       SELECT count(*) AS times FROM fault_written WHERE table_name = $1 GROUP BY id, source HAVING count(*) > 1) AS repeated`,
    [table],
  );
  const doubled = Number(rows[0]?.doubled);
  report.doubled += doubled;
  if (doubled > 0) report.violations.push(`${doubled} rows written twice for one file`);
}
