import { preflightFile, previewFile } from '@hikyaku/preflight';
import type { Preflight } from '@hikyaku/preflight/browser';
import { type DatasetSummary, type ReadingRules, tableDefinition } from '@hikyaku/types';
import { describe, expect, test, vi } from 'vitest';
import { createPreflightDesk } from './preflight-desk.ts';

const {
  encryption,
  signature: _,
  ...definition
} = tableDefinition.parse({
  columns: [{ name: 'id', type: 'integer' }],
  primaryKey: ['id'],
});
const rules: ReadingRules = { ...definition, timeZone: 'Asia/Tokyo' };
const dataset: DatasetSummary = {
  ...definition,
  id: '0196f000-0000-7000-8000-000000000000',
  slug: 'numbers',
  name: { ja: '番号', en: 'Numbers' },
  encryption,
};
/** The engine itself, without a thread of its own. */
const engine: Preflight = { check: preflightFile, preview: previewFile, close: () => undefined };

/** As from a share that does not answer. */
const hang: Preflight['check'] = (_file, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('too slow'))));

function file(name: string, content = 'id\n1\n'): File {
  return new File([content], name);
}

function open(preflight: Preflight = engine, loadRules = async () => rules, patienceMilliseconds = 60_000) {
  const desk = createPreflightDesk({ loadRules, openPreflight: async () => preflight, patienceMilliseconds });
  const sent: string[] = [];
  const take = (...files: File[]) =>
    desk.take(
      files.map((each) => ({ file: each })),
      dataset,
      (looked) => sent.push(...looked.map(({ file: { name } }) => name)),
    );
  const askingFor = async (count: number) => {
    await vi.waitFor(() => {
      expect(desk.getSnapshot().held.map(({ state }) => state)).toEqual(Array.from({ length: count }, () => 'asking'));
      expect(desk.getSnapshot().many).toBeNull();
    });
    return desk.getSnapshot().held;
  };
  return { desk, sent, take, askingFor };
}

describe('a sound file', () => {
  test('goes on by itself', async () => {
    const { sent, take, askingFor } = open();
    take(file('a.csv'));
    await vi.waitFor(() => expect(sent).toEqual(['a.csv']));
    await askingFor(0);
  });

  test('that nobody can look into goes on, and is named', async () => {
    const { desk, sent, take } = open();
    take(file('a.csv.age', 'age-encryption.org/v1\n'));
    await vi.waitFor(() => expect(sent).toEqual(['a.csv.age']));
    expect(desk.getSnapshot().passed).toMatchObject([{ fileName: 'a.csv.age', form: 'encrypted' }]);
    desk.dismissPassed();
    expect(desk.getSnapshot().passed).toEqual([]);
  });

  test.each(['a.pdf', 'empty.csv'])('%s is the queue\u2019s to refuse', (name) => {
    const { desk, sent, take } = open();
    take(file(name, ''));
    expect(sent).toEqual([name]);
    expect(desk.getSnapshot().held).toEqual([]);
  });
});

describe('a file with findings', () => {
  test('waits, and is sent on a word', async () => {
    const { desk, sent, take, askingFor } = open();
    take(file('a.csv', 'id\nx\n'), file('b.csv'));
    const [held] = await askingFor(1);
    expect(held?.found?.report.rows.refused).toBe(1);
    expect(sent).toEqual(['b.csv']);
    desk.sendAsTheyAre([held?.id ?? '']);
    desk.sendAsTheyAre([held?.id ?? '']);
    expect(sent).toEqual(['b.csv', 'a.csv']);
  });

  test('is not sent where somebody says so', async () => {
    const { desk, sent, take, askingFor } = open();
    take(file('a.csv', 'id\nx\n'));
    const [held] = await askingFor(1);
    desk.discard([held?.id ?? '']);
    await askingFor(0);
    expect(sent).toEqual([]);
  });

  test('is looked at as a whole on a wish', async () => {
    const { desk, take, askingFor } = open();
    take(file('a.csv', `id\nx\n${Array.from({ length: 900_000 }, (_row, i) => i).join('\n')}\ny\n`));
    const [held] = await askingFor(1);
    expect(held?.found?.report).toMatchObject({ isWhole: false, rows: { refused: 1 } });
    desk.checkWhole(held?.id ?? '');
    expect(desk.getSnapshot().held[0]?.state).toBe('checking');
    const [whole] = await askingFor(1);
    expect(whole?.found?.report).toMatchObject({ isWhole: true, rows: { read: 900_002, refused: 2 } });
  });

  test('whose check is stopped still has what was found before', async () => {
    const { desk, take, askingFor } = open();
    take(file('a.csv', `id\nx\n${'1\n'.repeat(4_000_000)}`));
    const [held] = await askingFor(1);
    desk.checkWhole(held?.id ?? '');
    desk.stopChecking(held?.id ?? '');
    const [stopped] = await askingFor(1);
    expect(stopped?.found).toEqual(held?.found);
  });
});

describe('many files', () => {
  test('are told as a number; the sound ones go on', async () => {
    const { desk, sent, take, askingFor } = open();
    take(...Array.from({ length: 120 }, (_, i) => file(`${i}.csv`, i % 40 === 0 ? 'id\nx\n' : `id\n${i}\n`)));
    expect(desk.getSnapshot()).toMatchObject({ held: [], many: { looked: 0, total: 120 } });
    const held = await askingFor(3);
    expect(sent).toHaveLength(117);
    expect(held.every(({ isOfMany }) => isOfMany)).toBe(true);
    desk.sendAsTheyAre(held.map(({ id }) => id));
    expect(new Set(sent).size).toBe(120);
  });
});

describe('where looking fails', () => {
  test('the file is sent', async () => {
    const { sent, take } = open({ ...engine, check: () => Promise.reject(new Error('unreadable')) });
    take(file('a.csv', 'id\nx\n'));
    await vi.waitFor(() => expect(sent).toEqual(['a.csv']));
  });

  test('or takes too long: the file is sent', async () => {
    const { sent, take } = open({ ...engine, check: hang }, async () => rules, 20);
    take(file('a.csv'));
    await vi.waitFor(() => expect(sent).toEqual(['a.csv']));
  });

  test('so it is without the rules', async () => {
    const { sent, take } = open(engine, () => Promise.reject(new Error('away')));
    take(...Array.from({ length: 30 }, (_, i) => file(`${i}.csv`)));
    await vi.waitFor(() => expect(sent).toHaveLength(30));
  });

  test('whoever does not want to wait sends it, once', async () => {
    const slow = Promise.withResolvers<Awaited<ReturnType<Preflight['check']>>>();
    const { desk, sent, take } = open({ ...engine, check: () => slow.promise });
    take(file('a.csv', 'id\nx\n'));
    expect(desk.getSnapshot().held).toMatchObject([{ state: 'looking' }]);
    desk.sendAsTheyAre(desk.getSnapshot().held.map(({ id }) => id));
    slow.resolve(await preflightFile(file('a.csv'), { fileName: 'a.csv', rules, scope: 'head' }));
    await slow.promise;
    expect(sent).toEqual(['a.csv']);
    expect(desk.getSnapshot().held).toEqual([]);
  });
});
