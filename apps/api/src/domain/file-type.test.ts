import { describe, expect, test } from 'vitest';
import { contentTypeOf } from './file-type.ts';

describe('a file is accepted by its name', () => {
  test.each([
    ['a.csv', 'text/csv'],
    ['A.CSV', 'text/csv'],
    ['売上.csv.gz', 'application/gzip'],
    ['a.csv.age', 'application/octet-stream'],
    ['a.csv.GZ.Age', 'application/octet-stream'],
  ])('%s as %s', (name, contentType) => {
    expect(contentTypeOf(name, 'text/csv')).toBe(contentType);
  });

  test.each(['a.gz', 'a.age', 'a.csv.zip', 'a.csv.age.gz', 'csv', 'a.csv.gz.gz', 'a.csv.exe', 'a.tar.gz'])(
    'never %s',
    (name) => {
      expect(() => contentTypeOf(name, 'text/csv')).toThrow(expect.objectContaining({ code: 'unsupported-file-type' }));
    },
  );
});
