import { preflightFile, previewFile } from '@hikyaku/preflight';
import type { Preflight } from '@hikyaku/preflight/browser';
import { type DatasetSummary, type ReadingRules, tableDefinition } from '@hikyaku/types';
import { describe, expect, test, vi } from 'vitest';
import { createPreflightDesk, type PreflightDeskParts } from './preflight-desk.ts';

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
const hang = () => new Promise<never>(() => undefined);

function file(name: string, content = 'id\n1\n'): File {
  return new File([content], name);
}

function open(preflight: Preflight = engine, parts: Partial<PreflightDeskParts> = {}) {
  const desk = createPreflightDesk({
    loadRules: async () => rules,
    openPreflight: async () => preflight,
    patienceMilliseconds: 60_000,
    turnMilliseconds: 20,
    ...parts,
  });
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
    expect(desk.getSnapshot().passed).toMatchObject([{ fileName: 'a.csv.age', why: 'encrypted' }]);
    desk.dismissPassed();
    expect(desk.getSnapshot().passed).toEqual([]);
  });

  test.each([
    ['of another kind', file('a.pdf')],
    ['that is empty', file('empty.csv', '')],
    ['that is too large', Object.defineProperty(file('large.csv'), 'size', { value: definition.maxFileBytes + 1 })],
  ])('%s is the queue\u2019s to refuse', async (_what, refused) => {
    const check = vi.fn(preflightFile);
    const { sent, take, askingFor } = open({ ...engine, check });
    take(refused);
    await vi.waitFor(() => expect(sent).toEqual([refused.name]));
    await askingFor(0);
    expect(check).not.toHaveBeenCalled();
  });

  test('of many is asked for its size when it is its turn: of thousands at once the page would stand still', () => {
    const asked = vi.fn(() => 5);
    const files = Array.from({ length: 100 }, (_, index) =>
      Object.defineProperty(file(`${index}.csv`), 'size', { get: asked }),
    );
    const { take } = open({ ...engine, check: hang });
    take(...files);
    expect(asked.mock.calls.length).toBeLessThanOrEqual(4);
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

  test('of each that needs a word only its gravest finding is kept, until somebody looks closer', async () => {
    const { desk, sent, take, askingFor } = open();
    take(...Array.from({ length: 30 }, (_, i) => file(`${i}.csv`, 'id\nx\ny\n')));
    const held = await askingFor(30);
    for (const { headline, found } of held) {
      expect(found).toBeNull();
      expect(headline).toMatchObject({ code: 'rows-refused', refused: 2 });
    }
    desk.lookCloser(held[7]?.id ?? '');
    await vi.waitFor(() => expect(desk.getSnapshot().held[7]).toMatchObject({ state: 'asking', isOfMany: false }));
    const closer = desk.getSnapshot().held[7];
    expect(closer?.found?.report.faults).toHaveLength(2);
    expect(closer?.found?.report.preview?.rows).toHaveLength(2);
    desk.sendAsTheyAre([closer?.id ?? '']);
    expect(sent).toEqual(['7.csv']);
    await askingFor(29);
  });

  test('one that can not be looked at closer is told, and can be sent', async () => {
    let isGone = false;
    const check: Preflight['check'] = (...asked) =>
      isGone ? Promise.reject(new Error('gone')) : engine.check(...asked);
    const { desk, sent, take, askingFor } = open({ ...engine, check });
    take(...Array.from({ length: 30 }, (_, i) => file(`${i}.csv`, 'id\nx\n')));
    const held = await askingFor(30);
    isGone = true;
    desk.lookCloser(held[0]?.id ?? '');
    await vi.waitFor(() => expect(desk.getSnapshot().held[0]).toMatchObject({ state: 'asking', hasFailed: true }));
    desk.sendAsTheyAre([held[0]?.id ?? '']);
    expect(sent).toEqual(['0.csv']);
  });
});

describe('where looking fails', () => {
  test('the file is sent, and is named as one that nobody looked into', async () => {
    const { desk, sent, take } = open({ ...engine, check: () => Promise.reject(new Error('unreadable')) });
    take(file('a.csv', 'id\nx\n'));
    await vi.waitFor(() => expect(sent).toEqual(['a.csv']));
    expect(desk.getSnapshot().passed).toMatchObject([{ fileName: 'a.csv', why: 'unseen' }]);
  });

  test.each<[what: string, preflight: Preflight, parts: Partial<PreflightDeskParts>]>([
    ['reading it', { ...engine, check: hang }, {}],
    ['loading the rules', engine, { loadRules: hang }],
    ['starting what looks at it', engine, { openPreflight: hang }],
  ])('or %s takes too long: the file is sent', async (_, preflight, parts) => {
    const { sent, take } = open(preflight, { ...parts, patienceMilliseconds: 20 });
    take(file('a.csv'));
    await vi.waitFor(() => expect(sent).toEqual(['a.csv']));
  });

  test('so it is without the rules', async () => {
    const { sent, take } = open(engine, { loadRules: () => Promise.reject(new Error('away')) });
    take(...Array.from({ length: 30 }, (_, i) => file(`${i}.csv`)));
    await vi.waitFor(() => expect(sent).toHaveLength(30));
  });

  test('the same thread looks at the next file; only where it did not come another is asked for', async () => {
    const answers = [new Error('no network'), engine, engine];
    let opened = 0;
    const openPreflight = async () => {
      const answer = answers[opened++];
      if (answer === undefined || answer instanceof Error) throw answer;
      let checks = 0;
      return {
        ...answer,
        check: (...asked: Parameters<Preflight['check']>) => (checks++ === 0 ? hang() : answer.check(...asked)),
      };
    };
    const { sent, take, askingFor } = open(engine, { openPreflight, patienceMilliseconds: 500 });
    for (const name of ['unopened.csv', 'hung.csv']) {
      take(file(name, 'id\nx\n'));
      await vi.waitFor(() => expect(sent).toContain(name));
    }
    take(file('a.csv', 'id\nx\n'));
    await askingFor(1);
    expect(opened).toBe(2);
  });

  test('nobody waits for a file that hangs but itself', async () => {
    const check: Preflight['check'] = (asked, options) =>
      options.fileName.startsWith('hung') ? hang() : engine.check(asked, options);
    const { desk, sent, take } = open({ ...engine, check });
    const names = Array.from({ length: 20 }, (_, i) => `${i < 6 ? 'hung-' : ''}${i}.csv`);
    take(...names.map((name) => file(name)));
    await vi.waitFor(() => expect(sent).toHaveLength(14));
    expect(desk.getSnapshot().held.map(({ fileName }) => fileName)).toEqual(names.slice(0, 6));
  });

  test('on a share where nothing is read, the others are sent once so many were waited for in vain', async () => {
    let asked = 0;
    const check = () => {
      asked += 1;
      return hang();
    };
    const { desk, sent, take, askingFor } = open({ ...engine, check }, { patienceMilliseconds: 100 });
    take(...Array.from({ length: 1_000 }, (_, i) => file(`${i}.csv`)));
    await vi.waitFor(() => expect(sent).toHaveLength(1_000), { timeout: 10_000 });
    expect(asked).toBeLessThan(100);
    await askingFor(0);
    const { passed, passedCount } = desk.getSnapshot();
    expect([passed.length, passedCount]).toEqual([5, 1_000]);
  });

  test('on a share that is only slow every file is looked at', async () => {
    // One file after the other, each slower than a turn: all of them at once would take longer than anybody's patience.
    let last: Promise<unknown> = Promise.resolve();
    const check: Preflight['check'] = (...asked) => {
      const turn = last.then(() => new Promise((resolve) => setTimeout(resolve, 10)));
      last = turn;
      return turn.then(() => engine.check(...asked));
    };
    const { desk, sent, take } = open({ ...engine, check }, { patienceMilliseconds: 500, turnMilliseconds: 5 });
    take(...Array.from({ length: 120 }, (_, i) => file(`${i}.csv`)));
    await vi.waitFor(() => expect(sent).toHaveLength(120), { timeout: 20_000 });
    expect(desk.getSnapshot().passedCount).toBe(0);
  });

  test('what could not be read is named before what nobody looks into, and stays named while files are looked at', async () => {
    const check: Preflight['check'] = (asked, options) =>
      options.fileName === 'gone.csv' ? Promise.reject(new Error('gone')) : engine.check(asked, options);
    const { desk, sent, take, askingFor } = open({ ...engine, check });
    take(file('held.csv', 'id\nx\n'));
    await askingFor(1);
    const sealed = Array.from({ length: 6 }, (_, i) => file(`${i}.csv.age`, 'age-encryption.org/v1\n'));
    take(...sealed);
    await vi.waitFor(() => expect(sent).toHaveLength(6));
    take(file('gone.csv'));
    await vi.waitFor(() => expect(sent).toHaveLength(7));
    const { passed, passedCount } = desk.getSnapshot();
    expect(passed[0]).toMatchObject({ fileName: 'gone.csv', why: 'unseen' });
    expect([passed.length, passedCount]).toEqual([5, 7]);
  });

  test.each([
    ['checked as a whole', 'whole'],
    ['shown in another encoding', 'preview'],
  ] as const)('a file that can not be %s waits as before, and somebody is told', async (_, what) => {
    const broken: Preflight = {
      ...engine,
      check: (asked, options) =>
        options.scope === 'whole' ? Promise.reject(new Error('gone')) : engine.check(asked, options),
      preview: () => Promise.reject(new Error('gone')),
    };
    const { desk, take, askingFor } = open(broken);
    take(file('a.csv', 'id\nx\n'));
    const [held] = await askingFor(1);
    if (!held) throw new Error('nothing is held');
    if (what === 'preview') return expect(desk.preview(held, 'cp932')).rejects.toThrow('gone');
    desk.checkWhole(held.id);
    await vi.waitFor(() => expect(desk.getSnapshot().held[0]?.hasFailed).toBe(true));
    expect(desk.getSnapshot().held[0]).toMatchObject({ state: 'asking', found: held.found });
    desk.checkWhole(held.id);
    expect(desk.getSnapshot().held[0]).toMatchObject({ state: 'checking', hasFailed: false });
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
