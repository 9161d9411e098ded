import { listRejects } from '@hikyaku/db';
import { describeReject } from '@hikyaku/texts';
import { reject } from '@hikyaku/types';
import { z } from 'zod';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { pageQuery } from '../page-query.ts';
import { schemas } from '../schema-registry.ts';
import { defineV1Route } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

const refusedLine = reject
  .omit({ id: true })
  .extend({
    text: z.string().meta({ ja: '理由（Accept-Languageの言語）', en: 'The reason, in the language asked for' }),
  })
  .register(schemas, { id: 'RefusedLine' });

export const listRejectsRoute = defineV1Route({
  operationId: 'listRejects',
  method: 'GET',
  path: '/v1/uploads/{uploadId}/rejects',
  title: { ja: '不備のある行を見る', en: 'List the refused lines' },
  description: {
    ja: '取り込まれなかった行を、行番号の順に返します。続きは nextCursor を cursor に渡してください。',
    en: 'The lines that were left out, in their order. For more, pass nextCursor on as cursor.',
  },
  scope: 'uploads:read',
  input: {
    path: uploadPath,
    query: pageQuery({ mostItems: 1_000, usualItems: 100 }),
  },
  answer: z
    .object({ items: z.array(refusedLine), nextCursor: z.string().nullable() })
    .register(schemas, { id: 'RefusedLines' }),
  answers: { 200: { text: { ja: '不備のある行', en: 'The refused lines' } } },
  problems: ['upload-not-found'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  "$HIKYAKU_URL/v1/uploads/$id/rejects"`,
  async handle({ path, query }, { services, caller, locale }) {
    await findReachableUpload(services, caller, path.uploadId);
    const { items, nextCursor } = await services.app.inOrganization(caller.scope, (transaction) =>
      listRejects(transaction, path.uploadId, query),
    );
    return {
      status: 200,
      body: { items: items.map((line) => ({ ...line, text: describeReject(line, locale) })), nextCursor },
    };
  },
});
