import { expect, test } from 'vitest';
import { parseS3Address, parseS3Object, s3Url } from './s3-address.ts';

test.each([
  ['s3://b', { bucket: 'b', key: '' }],
  ['s3://b/', { bucket: 'b', key: '' }],
  ['s3://b/a%20b/c d/売上?x#y', { bucket: 'b', key: 'a%20b/c d/売上?x#y' }],
  ['s3://b//double/', { bucket: 'b', key: '/double/' }],
])('%s: a key is taken as it stands', (text, address) => {
  expect(parseS3Address(text)).toEqual(address);
  expect(parseS3Address(s3Url(address))).toEqual(address);
});

test.each(['s3://', 's3:///key', 'b/key', 'https://b/key'])('%s is no address', (text) => {
  expect(() => parseS3Address(text)).toThrow(expect.objectContaining({ code: 'not-an-address' }));
});

test.each(['s3://b', 's3://b/folder/'])('%s names no object', (text) => {
  expect(() => parseS3Object(text)).toThrow(expect.objectContaining({ code: 'not-an-object' }));
});
