import type { ColumnType } from '@hikyaku/types';
import { decimalKey } from './decimal.ts';
import { momentKey, readDay, readMoment } from './moment.ts';

/** The same for cells that are the same value of their column: `1` and `01`, `2026/1/5` and `2026-01-05`. Of a sound cell. */
export function keyPart(type: ColumnType, timeZone: string): (text: string) => string {
  switch (type) {
    case 'text':
      return (text) => text;
    case 'integer':
    case 'number':
      return decimalKey;
    case 'boolean':
      return (text) => (/^[t1y]/i.test(text) ? 't' : 'f');
    case 'date':
      return (text) => readDay(text) ?? text;
    case 'timestamp':
      return (text) => {
        const moment = readMoment(text, timeZone);
        return moment ? momentKey(moment) : text;
      };
    default:
      return type satisfies never;
  }
}
