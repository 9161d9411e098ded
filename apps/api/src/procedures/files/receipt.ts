import { receiptFile } from '@hikyaku/receipts';
import { issueReceipt } from '../../domain/issue-receipt.ts';
import { procedureFor } from '../../trpc/init.ts';
import { fileId } from './get.ts';

export const getReceiptProcedure = procedureFor('uploader')
  .input(fileId)
  .output(receiptFile)
  .query(({ ctx, input }) => issueReceipt(ctx.services, ctx.caller, input.fileId));
