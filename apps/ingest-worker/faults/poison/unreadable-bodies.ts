import type { SeededRandom } from '@hikyaku/local-cloud/fault-proxy';

const object = { bucket: { name: 'files' }, object: { key: 'incoming/a/b/c.csv', size: 1, etag: 'e' } };
const good = { source: 'aws.s3', 'detail-type': 'Object Created', detail: object };

const letters = '{}[]":,\\ abc012\u0000\u00e9\u98db\u{1f4e6}'.replaceAll('\u0000', '');

/** What may turn up in a queue and announces no object: for somebody to look at, never for a worker to fall over. */
const kinds: ((random: SeededRandom) => string)[] = [
  (random) => Array.from({ length: random.integer(1, 400) }, () => random.pick(toList(letters))).join(''),
  (random) => '['.repeat(random.integer(1_000, 60_000)),
  (random) => `${'{"a":'.repeat(random.integer(10, 2_000))}1`,
  () => JSON.stringify({ ...good, source: 'aws.ec2' }),
  () => '{"__proto__":{"source":"aws.s3","detail-type":"Object Created"},"constructor":{"prototype":{}}}',
  () => JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'files' }),
  () => JSON.stringify({ Records: [] }),
  () => JSON.stringify({ Type: 'Notification', MessageId: '1', Message: '{"Records":null}' }),
  () => JSON.stringify({ ...good, detail: { ...object, object: { ...object.object, key: 7 } } }),
  () => JSON.stringify({ ...good, detail: { bucket: object.bucket } }),
  () => JSON.stringify({ ...good, detail: { ...object, object: { key: 'k'.repeat(1_025) } } }),
  (random) => 'x'.repeat(random.integer(200_000, 262_000)),
  () => 'null',
  () => '0',
];

const toList = (text: string): [string, ...string[]] => {
  const [first = ' ', ...rest] = text;
  return [first, ...rest];
};

export function unreadableBodies(random: SeededRandom, count: number): string[] {
  return Array.from({ length: count }, (_, index) => kinds[index % kinds.length]?.(random) ?? '');
}
