import { attachment, HikyakuError } from '@hikyaku/types';
import { openRejectsFile } from '../../domain/open-rejects-file.ts';

import { findReachableUpload } from '../find-reachable-upload.ts';
import { defineV1Download } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

export const downloadRejectsRoute = defineV1Download({
  operationId: 'downloadRejects',
  method: 'GET',
  path: '/v1/uploads/{uploadId}/rejects.csv',
  title: { ja: '不備のある行をファイルで受け取る', en: 'Download the refused lines' },
  description: {
    ja: '取り込まれなかった行を、送られたままの文字コードと列で返します。末尾に行番号と理由の列が付きます。直して、そのまま送り直せます。',
    en: 'The lines that were left out, in the encoding and the columns they were sent in, with line number and reason behind them. Correct them and send the file as it is.',
  },
  scope: 'uploads:read',
  input: { path: uploadPath },
  answer: 'text/csv',
  answers: {
    200: {
      text: { ja: '不備のある行のCSV', en: 'The refused lines as CSV' },
      headers: { 'Content-Disposition': { ja: 'ファイル名', en: 'The name of the file' } },
    },
  },
  problems: ['upload-not-found', 'no-refused-lines'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --remote-name --remote-header-name "$HIKYAKU_URL/v1/uploads/$id/rejects.csv"`,
  async handle({ path }, { services, caller, locale }) {
    const { counts } = await findReachableUpload(services, caller, path.uploadId);
    if (!counts?.rejected) throw new HikyakuError('no-refused-lines');
    const file = await openRejectsFile(services, caller, path.uploadId, locale);
    return {
      status: 200,
      headers: {
        'content-type': file.contentType,
        'content-disposition': attachment(file.fileName),
        'x-content-type-options': 'nosniff',
      },
      body: file.stream,
    };
  },
});
