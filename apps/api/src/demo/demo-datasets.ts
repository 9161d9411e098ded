import { defineDataset } from '@hikyaku/datasets';

/** What the demo file of cities is taken in by. */
export const citiesDataset = defineDataset({
  slug: 'cities',
  name: { ja: '世界の都市', en: 'Cities of the world' },
  columns: [
    { name: 'city_id', type: 'integer', required: true },
    { name: 'name', type: 'text', required: true, maxLength: 200 },
    { name: 'country', type: 'text', required: true, maxLength: 2 },
    { name: 'admin1', type: 'text', maxLength: 20 },
    { name: 'admin2', type: 'text', maxLength: 80 },
    { name: 'latitude', type: 'number', required: true },
    { name: 'longitude', type: 'number', required: true },
  ],
  primaryKey: ['city_id'],
});

/** A second place to send to. */
const shopsDataset = defineDataset({
  slug: 'shops',
  name: { ja: '店舗', en: 'Shops' },
  columns: [
    { name: 'shop_id', type: 'integer', required: true },
    { name: 'name', type: 'text', required: true, maxLength: 200 },
    { name: 'city_id', type: 'integer' },
    { name: 'opened_on', type: 'date' },
  ],
  primaryKey: ['shop_id'],
});

export const demoDatasets = [citiesDataset, shopsDataset];
