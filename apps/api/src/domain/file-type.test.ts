import type { FileFormat } from '@hikyaku/types';
import { describe, expect, test } from 'vitest';
import { contentTypeOf } from './file-type.ts';

describe('a file is accepted by its name', () => {
  test.each<[FileFormat, string, string]>([
    ['csv', 'a.csv', 'told/type'],
    ['csv', 'A.CSV', 'told/type'],
    ['csv', '売上.csv.gz', 'application/gzip'],
    ['csv', '売上.csv.zip', 'application/zip'],
    ['csv', '売上.zip', 'application/zip'],
    ['csv', 'a.csv.age', 'application/octet-stream'],
    ['csv', 'a.csv.GZ.Age', 'application/octet-stream'],
    ['csv', 'a.zip.age', 'application/octet-stream'],
    ['csv', 'a.csv.gpg', 'application/octet-stream'],
    ['csv', 'a.csv.gz.PGP', 'application/octet-stream'],
    ['tsv', 'a.tsv', 'told/type'],
    ['tsv', 'a.txt.gz', 'application/gzip'],
    ['json-lines', 'a.jsonl', 'told/type'],
    ['json-lines', 'a.ndjson.gz.age', 'application/octet-stream'],
    ['xlsx', '売上.xlsx', 'told/type'],
  ])('%s: %s as %s', (format, name, contentType) => {
    expect(contentTypeOf(name, 'told/type', format)).toBe(contentType);
  });

  test.each<[FileFormat, string]>([
    ['csv', 'a.gz'],
    ['csv', 'a.age'],
    ['csv', 'a.gpg'],
    ['csv', 'a.csv.gpg.age'],
    ['csv', 'a.csv.age.gz'],
    ['csv', 'csv'],
    ['csv', 'a.csv.gz.gz'],
    ['csv', 'a.csv.exe'],
    ['csv', 'a.tar.gz'],
    ['csv', 'a.xlsx'],
    ['csv', 'a.tsv'],
    ['xlsx', 'a.csv'],
    ['xlsx', 'a.xls'],
    ['json-lines', 'a.json'],
  ])('%s: never %s', (format, name) => {
    expect(() => contentTypeOf(name, 'told/type', format)).toThrow(
      expect.objectContaining({ code: 'unsupported-file-type' }),
    );
  });
});
