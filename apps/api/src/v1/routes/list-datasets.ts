import { listDatasets } from '@hikyaku/db';
import { datasetSummary } from '@hikyaku/types';
import { z } from 'zod';
import { reachesDataset } from '../../auth/find-token-caller.ts';
import { schemas } from '../schema-registry.ts';
import { defineV1Route } from '../v1-route.ts';

const dataset = datasetSummary.omit({ id: true }).register(schemas, { id: 'Dataset' });

export const listDatasetsRoute = defineV1Route({
  operationId: 'listDatasets',
  method: 'GET',
  path: '/v1/datasets',
  title: { ja: 'データセットを見る', en: 'List the datasets' },
  description: {
    ja: 'このトークンで送れるデータセットと、その列を返します。トークンが使えるかを確かめるのにも便利です。',
    en: 'The datasets this token may send to, with their columns. Also a good way to try a token out.',
  },
  input: {},
  answer: z.object({ items: z.array(dataset) }).register(schemas, { id: 'Datasets' }),
  answers: { 200: { text: { ja: 'データセット', en: 'The datasets' } } },
  problems: [],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  "$HIKYAKU_URL/v1/datasets"`,
  async handle(_input, { services, caller }) {
    const found = await services.app.inOrganization(caller.scope, listDatasets);
    return { status: 200, body: { items: found.filter(({ slug }) => reachesDataset(caller.token, slug)) } };
  },
});
