import { defineDataset } from '@hikyaku/datasets';
import { sales } from './sales.ts';

const { slug, name, definition } = sales;

export const salesWithoutAmount = defineDataset({
  ...definition,
  slug,
  name,
  columns: definition.columns.filter((column) => column.name !== 'amount'),
});
