import { findObject } from '../../find-object.ts';
import { listObjects, measureObjects } from '../../list/list-objects.ts';
import { type ConformanceCase, expectThat } from '../conformance-case.ts';
import { expectBody, put } from './shared-steps.ts';

/** Each of a kind that some store or other mixes up. */
const oddNames = [
  'plus+plus',
  'space space',
  '100%',
  '%25',
  '%2e%2e/x',
  '..',
  '../x',
  './x',
  'a//b',
  'a/',
  '?x=1&y=2#z',
  'quote\'"quote',
  'line\r\nin',
  'tab\tin',
  '\u0001',
  '<&>',
  '売上 令和8年.csv',
  '𠮷野家 😀',
  'e\u0301',
  '\u00e9',
  '\u202Egpj.exe',
  'A',
  'a',
];

export const keyCases: readonly ConformanceCase[] = [
  {
    name: 'a key is what it is, byte for byte: no two of them are one object, and a listing tells them as they are',
    async run({ client, bucket, prefix }) {
      for (const name of oddNames) await put({ client, bucket }, prefix + name, Buffer.from(name));
      for (const name of oddNames) await expectBody({ client, bucket }, prefix + name, Buffer.from(name));
      const listed = new Set<string>();
      for await (const entry of listObjects(client, { bucket, prefix })) {
        if (entry.kind === 'object') listed.add(entry.key.slice(prefix.length));
      }
      const missing = oddNames.filter((name) => !listed.has(name));
      expectThat(missing.length === 0, `the listing doesn't have ${JSON.stringify(missing)}`);
      expectThat(listed.size === oddNames.length, `the listing has ${listed.size} and not ${oddNames.length}`);
    },
  },
  {
    name: 'a key has up to 1,024 bytes',
    async run({ client, bucket, prefix }) {
      const key = prefix + 'あ'.repeat(Math.floor((1_024 - Buffer.byteLength(prefix)) / 3));
      const longest = key + 'x'.repeat(1_024 - Buffer.byteLength(key));
      await put({ client, bucket }, longest, Buffer.from('x'));
      expectThat((await findObject(client, { bucket, key: longest })) !== undefined, 'it is not found');
      const refused = await put({ client, bucket }, `${longest}x`, Buffer.from('x')).catch((error: unknown) => error);
      expectThat(refused instanceof Error, 'one of 1,025 was taken');
    },
  },
  {
    name: "a listing is in the order of the keys' bytes, over all its pages",
    async run({ client, bucket, prefix }) {
      const names = ['a', 'a-', 'a/', 'a/1', 'aa', 'b', 'é', '売', '\uffee', '😀'];
      for (const name of names.toReversed()) await put({ client, bucket }, prefix + name, Buffer.from('x'));
      const listed: string[] = [];
      for await (const entry of listObjects(client, { bucket, prefix, pageSize: 3 })) {
        if (entry.kind === 'object') listed.push(entry.key.slice(prefix.length));
      }
      expectThat(listed.join('|') === names.join('|'), `it is ${JSON.stringify(listed)}`);
    },
  },
  {
    name: 'a delimiter tells what goes on behind it together, each once, over all pages',
    async run({ client, bucket, prefix }) {
      for (const name of ['1/a', '1/b', '2/a', '3', '4/a'])
        await put({ client, bucket }, prefix + name, Buffer.from('xy'));
      const told: string[] = [];
      for await (const entry of listObjects(client, { bucket, prefix, delimiter: '/', pageSize: 2 })) {
        told.push((entry.kind === 'object' ? entry.key : entry.prefix).slice(prefix.length));
      }
      expectThat(told.toSorted().join('|') === '1/|2/|3|4/', `it is ${JSON.stringify(told)}`);
      const { count, totalBytes } = await measureObjects(client, { bucket, prefix });
      expectThat(count === 5 && totalBytes === 10, `it counts ${count} of ${totalBytes} bytes`);
    },
  },
];
