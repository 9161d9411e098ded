import { type ColumnDefinition, type ReadingRules, type TableDefinition, tableDefinition } from '@hikyaku/types';

interface DefinitionInput extends Partial<Omit<TableDefinition, 'columns'>> {
  columns?: (Pick<ColumnDefinition, 'name' | 'type'> & Partial<ColumnDefinition>)[];
}

/** Rules as the api tells them, for sales of a shop unless said otherwise. */
export function rulesWith(input: DefinitionInput = {}): ReadingRules {
  const {
    encryption: _e,
    signature: _s,
    ...rules
  } = tableDefinition.parse({
    columns: [
      { name: 'id', header: '伝票番号', type: 'integer' },
      { name: 'shop', header: '店舗名', type: 'text', required: true, maxLength: 5 },
      { name: 'amount', header: '金額', type: 'number' },
      { name: 'sold_on', header: '売上日', type: 'date' },
    ],
    primaryKey: ['id'],
    ...input,
  });
  return { ...rules, timeZone: 'Asia/Tokyo' };
}
