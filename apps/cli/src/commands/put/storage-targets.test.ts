import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Source } from '../../put/source.ts';
import { storageTargets } from './storage-targets.ts';

const asItIs = { gzip: false, audience: undefined };
const named = (path: string): Source => ({
  path,
  name: path.split('/').at(-1) ?? '',
  isNamed: true,
  file: undefined,
  open: () => Readable.from([]),
});
const found = (folder: string, name: string): Source => ({ ...named(`${folder}/${name}`), name, isNamed: false });

const keysOf = (sources: Source[], key: string) =>
  Array.from(storageTargets(sources, { bucket: 'b', key }, asItIs).values(), (target) => target.key);

test.each<[string, Source[]]>([
  ['two files of one name', [named('monday/report.csv'), named('tuesday/report.csv')]],
  ['a file and one in a folder', [named('report.csv'), found('monday', 'report.csv')]],
  ['one file twice', [named('report.csv'), named('report.csv')]],
])('%s never become one object', (_, sources) => {
  expect(() => keysOf(sources, 'out/')).toThrow(
    expect.objectContaining({
      code: 'same-key',
      details: { one: sources[0]?.path, other: sources[1]?.path, target: 's3://b/out/report.csv' },
    }),
  );
});

test('what only lies in different folders has different keys', () => {
  expect(keysOf([found('all', 'monday/a.csv'), found('all', 'tuesday/a.csv')], 'out')).toEqual([
    'out/monday/a.csv',
    'out/tuesday/a.csv',
  ]);
});

test('the key of a file in a folder is the same however many there are', () => {
  const [one, two] = [found('all', 'a.csv'), found('all', 'b.csv')];
  expect(keysOf([one], 'out')).toEqual(['out/a.csv']);
  expect(keysOf([one, two], 'out')).toEqual(['out/a.csv', 'out/b.csv']);
});

test('one file that is named may be named anew', () => {
  expect(keysOf([named('a.csv')], 'out')).toEqual(['out']);
  expect(keysOf([named('a.csv')], 'out/')).toEqual(['out/a.csv']);
});
