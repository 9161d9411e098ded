import { listFiles } from '@hikyaku/db';
import { datasetSlug, HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { reachesDataset } from '../../auth/find-token-caller.ts';
import { pageQuery } from '../page-query.ts';
import { schemas } from '../schema-registry.ts';
import { toUploadResource, uploadResource } from '../upload-resource.ts';
import { defineV1Route } from '../v1-route.ts';

export const listUploadsRoute = defineV1Route({
  operationId: 'listUploads',
  method: 'GET',
  path: '/v1/uploads',
  title: { ja: '送信の一覧を見る', en: 'List the uploads' },
  description: {
    ja: 'このトークンで見える送信を新しい順に返します。続きは nextCursor を cursor に渡してください。',
    en: 'What this token may see, newest first. For more, pass nextCursor on as cursor.',
  },
  scope: 'uploads:read',
  input: {
    query: pageQuery({ mostItems: 200, usualItems: 20 }).extend({
      dataset: datasetSlug.optional().meta({ ja: 'このデータセットだけ', en: 'Of this dataset alone' }),
    }),
  },
  answer: z
    .object({ items: z.array(uploadResource), nextCursor: z.string().nullable() })
    .register(schemas, { id: 'Uploads' }),
  answers: { 200: { text: { ja: '送信', en: 'The uploads' } } },
  problems: ['dataset-not-found'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  "$HIKYAKU_URL/v1/uploads?limit=5"`,
  async handle({ query }, { services, caller, locale }) {
    const { dataset, ...page } = query;
    if (dataset && !reachesDataset(caller.token, dataset)) throw new HikyakuError('dataset-not-found');
    const { datasetSlugs } = caller.token;
    const reachable = datasetSlugs.length > 0 ? datasetSlugs : undefined;
    const { items, nextCursor } = await services.app.inOrganization(caller.scope, (transaction) =>
      listFiles(transaction, { ...page, uploadsOnly: true, datasetSlugs: dataset ? [dataset] : reachable }),
    );
    return {
      status: 200,
      body: { items: items.map((file) => toUploadResource(file, locale, services.portalUrl)), nextCursor },
    };
  },
});
