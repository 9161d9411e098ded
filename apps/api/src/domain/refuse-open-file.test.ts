import { HikyakuError, tableDefinition } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { refuseOpenFile } from './refuse-open-file.ts';

const definition = (encryption: 'optional' | 'required') =>
  tableDefinition.parse({ columns: [{ name: 'id', type: 'integer' }], primaryKey: ['id'], encryption });

test.each(['a.csv', 'a.csv.gz', 'a.zip', 'age.csv', 'a.age.csv'])(
  '%s is refused where files have to be encrypted',
  (name) => {
    expect(() => refuseOpenFile(name, definition('required'))).toThrow(
      new HikyakuError('encryption-required', { details: { fileName: name } }),
    );
    expect(() => refuseOpenFile(name, definition('optional'))).not.toThrow();
  },
);

test.each(['a.csv.age', 'a.csv.gz.age', 'a.csv.GPG', 'a.zip.pgp'])('%s is not', (name) => {
  expect(() => refuseOpenFile(name, definition('required'))).not.toThrow();
});
