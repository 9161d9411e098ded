import { describe, expect, test } from 'vitest';
import { refuseOtherFormats } from './refuse-other-formats.ts';

describe('what a file is that was sent by mistake', () => {
  test.each([
    ['gzip', '\x1f\x8b\x08'],
    ['pdf', '%PDF-1.7'],
    ['png', '\x89PNG\r\n'],
    ['xls', '\xd0\xcf\x11\xe0\xa1'],
    ['zip', 'PK\x03\x04\x14\0\0\0\0\0a.csv'],
    ['office', 'PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml'],
    ['office', 'PK\x03\x04\x14\0\0\0\0\0_rels/.rels'],
    ['html', '<!DOCTYPE html>'],
  ])('%s: %j', (found, head) => {
    expect(() => refuseOtherFormats(Buffer.from(head, 'latin1'), 'csv')).toThrow(
      expect.objectContaining({ code: 'other-format', details: { found, expected: 'csv' } }),
    );
  });

  test('nothing is said of texts, nor of the format that is expected', () => {
    for (const head of ['', 'id,name', '{"id":1}', '\x93\xfa\x96\x7b']) {
      expect(() => refuseOtherFormats(Buffer.from(head, 'latin1'), 'csv')).not.toThrow();
    }
    expect(() => refuseOtherFormats(Buffer.from('PK\x03\x04    _rels/.rels'), 'xlsx')).not.toThrow();
  });
});
