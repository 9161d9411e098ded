import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDateTime, formatDuration, formatSpeed } from './index.ts';

describe('formatBytes', () => {
  it.each([
    [0, '0 bytes', '0 バイト'],
    [1, '1 byte', '1 バイト'],
    [1_023, '1,023 bytes', '1,023 バイト'],
    [1_024, '1 KB', '1 KB'],
    [1_536, '1.5 KB', '1.5 KB'],
    [1024 ** 2 - 1, '1 MB', '1 MB'],
    [151.4 * 1024 ** 2, '151 MB', '151 MB'],
    [5 * 1024 ** 3, '5 GB', '5 GB'],
    [3 * 1024 ** 6, '3,072 PB', '3,072 PB'],
    [Number.NaN, '—', '—'],
  ])('%d', (bytes, en, ja) => {
    expect(formatBytes(bytes, 'en')).toBe(en);
    expect(formatBytes(bytes, 'ja')).toBe(ja);
  });
});

describe('formatDuration', () => {
  it.each([
    [0.4, 'under 1 s', '1秒未満'],
    [45, '45 s', '45秒'],
    [59.7, '1 min', '1分'],
    [200, '3 min 20 s', '3分20秒'],
    [3_900, '1 h 5 min', '1時間5分'],
    [7_200, '2 h', '2時間'],
    [183_600, '2 d 3 h', '2日3時間'],
    [Number.POSITIVE_INFINITY, '—', '—'],
  ])('%d s', (seconds, en, ja) => {
    expect(formatDuration(seconds, 'en')).toBe(en);
    expect(formatDuration(seconds, 'ja')).toBe(ja);
  });
});

describe('formatDateTime', () => {
  it('shows the time of the zone that was asked for', () => {
    expect(formatDateTime('2026-11-20T15:05:00Z', 'ja', 'Asia/Tokyo')).toBe('2026/11/21 00:05');
    expect(formatDateTime('2026-11-20T15:05:00Z', 'en', 'Asia/Tokyo')).toBe('21 Nov 2026, 00:05');
    expect(formatDateTime('2026-11-20T15:05:00Z', 'en', 'UTC')).toBe('20 Nov 2026, 15:05');
  });

  it('shows a dash for what is no moment', () => {
    expect(formatDateTime('', 'ja', 'Asia/Tokyo')).toBe('—');
  });
});

describe('formatCount and formatSpeed', () => {
  it('mark thousands and name the second', () => {
    expect(formatCount(1_234_567, 'ja')).toBe('1,234,567');
    expect(formatSpeed(1.5 * 1024 ** 2, 'en')).toBe('1.5 MB/s');
    expect(formatSpeed(1.5 * 1024 ** 2, 'ja')).toBe('1.5 MB/秒');
  });
});
