import type { Pool } from 'pg';
import type { Sent } from '../check-dataset.ts';
import type { PoisonFile } from './poison-file.ts';

/** Lines of a settled file that were refused for another reason than they should have been, or in another place. */
export async function findWrongRejects(
  pool: Pool,
  { key, versionId }: Sent,
  { name, expected }: PoisonFile,
): Promise<string[]> {
  if (expected.state !== 'taken_in' || typeof expected.rejects === 'number') return [];
  const { rows } = await pool.query<{ line: string; code: string }>(
    `SELECT r.line_number AS line, r.code FROM reject r JOIN arrival a ON a.id = r.arrival_id
      WHERE a.key = $1 AND a.version_id = $2 ORDER BY r.line_number`,
    [key, versionId],
  );
  const found = rows.map(({ line, code }) => `${line} ${code}`).join(', ');
  const wanted = expected.rejects.map(([line, code]) => `${line} ${code}`).join(', ');
  return found === wanted ? [] : [`${name}: refused ${found || 'nothing'} instead of ${wanted || 'nothing'}`];
}
