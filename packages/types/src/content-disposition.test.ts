import { expect, test } from 'vitest';
import { attachment } from './content-disposition.ts';

test.each([
  ['data.csv', `attachment; filename="data.csv"; filename*=UTF-8''data.csv`],
  ['売上 1.csv', `attachment; filename="__ 1.csv"; filename*=UTF-8''%E5%A3%B2%E4%B8%8A%201.csv`],
  [`a"b\\c'(1)*.csv`, `attachment; filename="a_b_c'(1)*.csv"; filename*=UTF-8''a%22b%5Cc%27%281%29%2A.csv`],
  ['a\r\nset-cookie: x', `attachment; filename="a__set-cookie: x"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20x`],
  ['100%.csv', `attachment; filename="100_.csv"; filename*=UTF-8''100%25.csv`],
])('%j is told so that no client misreads it', (fileName, header) => {
  expect(attachment(fileName)).toBe(header);
});
