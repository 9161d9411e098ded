import { expect, test } from 'vitest';
import { proxyFor } from './proxy-for.ts';

const s3 = new URL('https://bucket.s3.ap-northeast-1.amazonaws.com');
const local = new URL('http://127.0.0.1:9000');

test.each([
  [s3, { HTTPS_PROXY: 'http://proxy.example:8080' }, 'proxy.example:8080'],
  [s3, { HTTPS_PROXY: 'http://one', https_proxy: 'two:3128' }, 'two:3128'],
  [s3, { HTTP_PROXY: 'http://proxy.example' }, undefined],
  [s3, {}, undefined],
  [s3, { HTTPS_PROXY: 'http://p', NO_PROXY: 'localhost, .amazonaws.com' }, undefined],
  [s3, { HTTPS_PROXY: 'http://p', no_proxy: '*' }, undefined],
  [s3, { HTTPS_PROXY: 'http://p', NO_PROXY: 'naws.com' }, 'p'],
  [local, { HTTP_PROXY: 'http://p', NO_PROXY: '127.0.0.1:9000' }, undefined],
  [local, { HTTP_PROXY: 'http://p', NO_PROXY: '127.0.0.1:80' }, 'p'],
])('%s by %j', (endpoint, environment, proxy) => expect(proxyFor(endpoint, environment)).toBe(proxy));

test('a password for the proxy is never told', () => {
  for (const proxy of ['http://me:secret@proxy:8080', 'me:secret@proxy:8080', 'http://me:sec%ret@[proxy']) {
    expect(proxyFor(s3, { HTTPS_PROXY: proxy })).not.toContain('sec');
  }
});
