import { defineDataset } from '@hikyaku/datasets';
import { sales } from './sales.ts';

const { slug, name, definition } = sales;

export const salesWithNote = defineDataset({
  ...definition,
  slug,
  name,
  columns: [...definition.columns, { name: 'note', type: 'text' }],
});
