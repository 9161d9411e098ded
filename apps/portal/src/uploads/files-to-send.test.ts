import { expect, test } from 'vitest';
import { filesToSend } from './files-to-send.ts';

const alone = (name: string) => ({ file: new File([], name) });
const inFolder = (path: string) => ({ file: new File([], path.split('/').at(-1) ?? ''), name: path });

test('a file that was chosen itself always goes', () => {
  const chosen = [alone('a.csv'), alone('report.pdf'), alone('.csv')];
  expect(filesToSend(chosen, 'csv')).toEqual({ files: chosen, leftOut: 0 });
});

test('of a folder goes what the dataset takes, in any case of letters; the rest is counted', () => {
  const fitting = [inFolder('5月/a.CSV'), inFolder('5月/old/b.csv.gz'), inFolder('5月/c.csv.age')];
  const chosen = [...fitting, inFolder('5月/readme.txt'), inFolder('5月/plan.xlsx')];
  expect(filesToSend(chosen, 'csv')).toEqual({ files: fitting, leftOut: 2 });
});

test('what systems leave behind in folders is not worth a word', () => {
  const names = ['.DS_Store', '._a.csv', 'Thumbs.db', 'desktop.ini', '~$plan.csv'];
  expect(
    filesToSend(
      names.map((name) => inFolder(`5月/${name}`)),
      'csv',
    ),
  ).toEqual({ files: [], leftOut: 0 });
});
