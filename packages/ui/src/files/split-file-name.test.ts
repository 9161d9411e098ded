import { describe, expect, it } from 'vitest';
import { splitFileName } from './split-file-name.ts';

describe('splitFileName', () => {
  it('keeps the extension and a little before it in the tail', () => {
    expect(splitFileName('売上明細_2026年11月_東京本社_確定版.csv')).toEqual({
      head: '売上明細_2026年11月_東京',
      tail: '本社_確定版.csv',
    });
  });

  it('keeps every extension of a packed file', () => {
    expect(splitFileName('1795318403781-foreign.csv.gz.age').tail).toBe('oreign.csv.gz.age');
  });

  it('leaves a short name whole', () => {
    expect(splitFileName('売上.csv')).toEqual({ head: '売上.csv', tail: '' });
  });

  it('never cuts a character of two code units', () => {
    const { head, tail } = splitFileName('𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷.csv');
    expect(head + tail).toBe('𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷.csv');
    expect(tail).toBe('𠮷𠮷𠮷𠮷𠮷𠮷.csv');
  });

  it('shows a mark that would turn the reading direction around', () => {
    expect(splitFileName('invoice\u202Egnp.exe').head).toContain('\uFFFD');
  });
});
