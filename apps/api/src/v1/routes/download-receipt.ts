import { receiptFile } from '@hikyaku/receipts';
import { issueReceipt } from '../../domain/issue-receipt.ts';
import { findReachableUpload } from '../find-reachable-upload.ts';
import { schemas } from '../schema-registry.ts';
import { defineV1Route } from '../v1-route.ts';
import { uploadPath } from './upload-path.ts';

export const downloadReceiptRoute = defineV1Route({
  operationId: 'downloadReceipt',
  method: 'GET',
  path: '/v1/uploads/{uploadId}/receipt',
  title: { ja: '受領証を受け取る', en: 'Download the receipt' },
  description: {
    ja: '受け取ったファイルの名前、大きさ、SHA-256、結果を記した、署名付きの受領証です。状態が定まってから発行され、何度受け取っても同じ内容です。署名は /.well-known/hikyaku-receipt-keys.json の鍵か、hikyaku verify-receipt で確かめられます。',
    en: 'What arrived, its SHA-256 and what became of it, signed. Issued once the state has settled, and the same however often it is asked for. Check it by the keys at /.well-known/hikyaku-receipt-keys.json, or with hikyaku verify-receipt.',
  },
  scope: 'uploads:read',
  input: { path: uploadPath },
  answer: receiptFile.register(schemas, { id: 'Receipt' }),
  answers: { 200: { text: { ja: '受領証', en: 'The receipt' } } },
  problems: ['upload-not-found', 'no-receipt-yet'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --output "$id.receipt.json" "$HIKYAKU_URL/v1/uploads/$id/receipt"`,
  async handle({ path }, { services, caller }) {
    await findReachableUpload(services, caller, path.uploadId);
    return { status: 200, body: await issueReceipt(services, caller, path.uploadId) };
  },
});
