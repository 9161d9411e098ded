import { defineDataset } from '@hikyaku/datasets';

const columns = [
  { name: 'store', header: '店舗コード', type: 'text', required: true, maxLength: 8 },
  { name: 'sold_on', header: '売上日', type: 'date', required: true },
  { name: 'amount', header: '金額', type: 'integer', min: 0 },
] as const;

export const sales = defineDataset({
  slug: 'daily-sales',
  name: { ja: '日次売上', en: 'Daily sales' },
  columns,
  primaryKey: ['store', 'sold_on'],
  mode: 'replace-partition',
  partitionBy: ['sold_on'],
});
