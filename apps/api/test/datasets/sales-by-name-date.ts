import { defineDataset } from '@hikyaku/datasets';
import { sales } from './sales.ts';

const { slug, name, definition } = sales;

export const salesByNameDate = defineDataset({
  ...definition,
  slug,
  name,
  columns: [...definition.columns, { name: 'note', type: 'text' }],
  order: { by: 'name-date' },
});
