import { judgeReceipt, mostReceiptCharacters, type ReceiptJudgement } from '@hikyaku/receipts';
import { CommandFailure } from '../../command-failure.ts';
import { printJson, printLine } from '../../output/print.ts';
import { digestAll } from '../../put/content-digest.ts';
import { findReceiptKeys } from '../../receipts/find-receipt-keys.ts';
import { readFilePieces } from '../../read-file-pieces.ts';
import { readLocalText } from '../../receipts/read-local-text.ts';
import type { World } from '../../world.ts';
import { describeReceipt } from './describe-receipt.ts';

export interface VerifyReceiptFlags {
  keys?: string;
  json?: boolean;
}

/**
 * Ends well only where the receipt is genuine and the file, if there is one, is that of the receipt.
 *
 * @throws CommandFailure not-a-receipt, receipt-changed, receipt-unknown-key, receipt-without-digest, receipt-file-differs, file-missing,
 * not-a-file, and what `findReceiptKeys` throws
 */
export async function runVerifyReceipt(
  world: World,
  flags: VerifyReceiptFlags,
  receiptPath: string,
  filePath?: string,
): Promise<void> {
  const text = await readLocalText(receiptPath, mostReceiptCharacters * 4);
  const trusted = await findReceiptKeys(world, flags.keys);
  const judgement = judgeReceipt(text ?? '', trusted);
  const compared = judgement.verdict === 'genuine' && filePath ? await compare(world, judgement, filePath) : undefined;
  if (flags.json) await printJson(world, { ...judgement, file: compared ?? null });
  const failure = failureOf(judgement, receiptPath, trusted.issuer) ?? fileFailure(compared, filePath);
  if (failure) throw failure;
  if (flags.json || judgement.verdict !== 'genuine') return;
  for (const line of describeReceipt(judgement, world.locale, filePath)) await printLine(world, line);
}

async function compare(
  world: World,
  { receipt: { file } }: ReceiptJudgement & { verdict: 'genuine' },
  path: string,
): Promise<'same' | 'different' | 'not-comparable'> {
  if (file.sha256 === null) return 'not-comparable';
  const { sha256 } = await digestAll(readFilePieces(path), world.signal, () => undefined);
  return sha256 === file.sha256 ? 'same' : 'different';
}

function failureOf(judgement: ReceiptJudgement, path: string, trustedIssuer: string): CommandFailure | undefined {
  const { verdict } = judgement;
  if (verdict === 'genuine') return undefined;
  if (verdict === 'not-a-receipt') return new CommandFailure('not-a-receipt', { path });
  if (verdict === 'changed') return new CommandFailure('receipt-changed', { path });
  return new CommandFailure('receipt-unknown-key', { issuer: judgement.issuer, trusted: trustedIssuer });
}

function fileFailure(compared: Awaited<ReturnType<typeof compare>> | undefined, path = ''): CommandFailure | undefined {
  if (compared === 'different') return new CommandFailure('receipt-file-differs', { path });
  return compared === 'not-comparable' ? new CommandFailure('receipt-without-digest') : undefined;
}
