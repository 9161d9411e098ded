import type { ConnectionFinding } from '@hikyaku/types';
import { describe, expect, it } from 'vitest';
import { connectionReport, type ConnectionReportContext } from './connection-report.ts';
import { redact } from './redact.ts';

const findings: ConnectionFinding[] = [
  { check: 'site', state: 'ok', certainty: 'certain', details: { host: 'portal.example' }, milliseconds: 12 },
  {
    check: 'storage',
    state: 'fail',
    reason: 'storage-blocked',
    certainty: 'likely',
    details: { host: 'files.example:8443' },
    milliseconds: 34,
  },
  {
    check: 'small-body',
    state: 'skipped',
    reason: 'stands-on-broken',
    certainty: 'certain',
    details: {},
    milliseconds: 0,
  },
];
const context: ConnectionReportContext = {
  at: new Date('2026-11-22T06:00:00Z'),
  pageOrigin: 'https://portal.example',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36',
  failure: {
    code: 'network',
    referenceId: '0196f000-0000-7000-8000-000000000000',
    fileName: '山田太郎の給与.csv',
    sizeBytes: 3 * 1024 ** 2,
  },
};

it('tells a help desk what was seen, where and when', () => {
  expect(connectionReport(findings, context, 'en').split('\n')).toEqual([
    'Hikyaku connection check',
    'Time: 2026-11-22T06:00:00.000Z',
    'Site: https://portal.example',
    `Browser: ${context.userAgent}`,
    'Error: network',
    'Reference: 0196f000-0000-7000-8000-000000000000',
    'File: .csv, 3 MB',
    '',
    '✓ Connection to this site [12 ms, host=portal.example]',
    '✗ Connection to storage [storage-blocked, likely, 34 ms, host=files.example:8443]',
    expect.stringMatching(/^ {4}Storage \(files\.example:8443\) is running/),
    expect.stringMatching(/^ {4}Ask your IT department/),
    '- Sending a little [stands-on-broken, certain]',
    '',
  ]);
});

it('is as plain in Japanese, and names no file', () => {
  const report = connectionReport(findings, context, 'ja');
  expect(report).toContain('保管場所（files.example:8443）は動いていますが');
  expect(report).not.toMatch(/山田|給与/);
});

const signature = '3b6f0e9c1d2a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4';
const secrets = [
  signature,
  `https://files.example/bucket/incoming/secret-name.csv?X-Amz-Signature=${signature}`,
  `X-Amz-Credential=AKIAIOSFODNN7EXAMPLE/20261122/ap-northeast-1`,
  'x-amz-security-token: short1',
  'Authorization: Bearer short2',
  'Cookie: session=short3; other=short4',
  'better-auth.session_token=short5',
  'https://taro:short6@proxy.example:8080/',
  'hky_short7',
  'AGE-SECRET-KEY-1SHORT8',
  'taro.yamada+short9@firma.example',
  `\u202Elmth.${signature}\r\nSet-Cookie: short10`,
];
const opened = /3b6f0e9c|AKIA|incoming|secret-name|short\d|SHORT8|taro|firma/i;

describe.each(secrets)('of %j', (secret) => {
  it('nothing is passed on, wherever it stands', () => {
    const names = ['host', 'storageCode', 'direction', 'status', 'fileName', 'url', 'field', '__proto__', secret];
    const hostile = connectionReport(
      findings.map((finding) => ({ ...finding, details: Object.fromEntries(names.map((name) => [name, secret])) })),
      {
        ...context,
        pageOrigin: secret,
        userAgent: `Mozilla/5.0 ${secret}`,
        failure: { code: secret, referenceId: secret, fileName: secret, sizeBytes: 1 },
      },
      'en',
    );
    expect(hostile).not.toMatch(opened);
    expect(hostile.split('\n').length).toBeLessThan(20);
  });

  it('nothing is left in a text around it', () => {
    expect(redact(`before ${secret} after`)).not.toMatch(opened);
  });
});

it('leaves what a reader needs', () => {
  expect(redact(context.userAgent)).toBe(context.userAgent);
  expect(redact('seen at https://files.example:8443/a?b=c today')).toBe('seen at https://files.example:8443 today');
});
