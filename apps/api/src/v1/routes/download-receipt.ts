import { receiptFile, receiptKeysPath } from '@hikyaku/receipts';
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
    ja: `受け取ったファイルの名前、大きさ、SHA-256、結果を記した、署名付きの受領証です。取り込み、保管、差し戻しなど、結果が確定したファイルに発行されます。失敗したファイルや隔離中のファイル、取り消しや期限切れで届かなかったファイルには発行されません。再実行で結果が変わると別の受領証になり、先に受け取った受領証も有効なままです。署名は、${receiptKeysPath} の鍵か hikyaku verify-receipt で確かめられます。`,
    en: `What arrived, its SHA-256 and what became of it, signed. There is one of a file that was taken in, stored, found to be there already or older, or refused; none of one that failed or is in quarantine, nor of an upload that was cancelled or has expired. A file that is run again to another outcome gets another receipt, and the earlier one stays genuine. Check it by the keys at ${receiptKeysPath}, or with hikyaku verify-receipt.`,
  },
  scope: 'uploads:read',
  input: { path: uploadPath },
  answer: receiptFile.register(schemas, { id: 'Receipt' }),
  answers: { 200: { text: { ja: '受領証', en: 'The receipt' } } },
  problems: ['upload-not-found', 'no-receipt-yet', 'no-receipt'],
  example: `curl --fail-with-body --header "Authorization: Bearer $HIKYAKU_TOKEN" \\
  --output "$id.receipt.json" "$HIKYAKU_URL/v1/uploads/$id/receipt"`,
  async handle({ path }, { services, caller }) {
    await findReachableUpload(services, caller, path.uploadId);
    return { status: 200, body: await issueReceipt(services, caller, path.uploadId) };
  },
});
