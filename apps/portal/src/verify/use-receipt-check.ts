'use client';

import type { ReceiptJudgement } from '@hikyaku/receipts';
import { digestFile } from '@hikyaku/upload-client';
import { useEffect, useState } from 'react';
import { type Failure, failureWith } from '../trpc/failure.ts';
import { base64ToHex } from './base64-to-hex.ts';

/** Given anew it is judged anew, be it the same. */
export interface GivenReceipt {
  text: string;
}

export interface ReceiptCheck {
  /** Undefined where there is no receipt yet, or while it is judged. */
  judgement: ReceiptJudgement | undefined;
  /** Undefined where there is nothing to compare. */
  comparison: FileComparison | undefined;
  failure: Failure | undefined;
}

export type FileComparison =
  | { kind: 'reading'; readBytes: number }
  | { kind: 'same' | 'different' | 'not-comparable' | 'unreadable' };

/** Judges a receipt, and whether a file is the one of it, as often as one of them changes. */
export function useReceiptCheck(given: GivenReceipt | undefined, file: File | undefined): ReceiptCheck {
  const [judged, setJudged] = useState<{ of: GivenReceipt } & Judged>();
  const [digested, setDigested] = useState<{ of: File; readBytes?: number } & Digested>();

  useEffect(() => {
    let isLeft = false;
    const check = async (of: GivenReceipt) => {
      const found = await judge(of.text);
      if (!isLeft) setJudged({ of, ...found });
    };
    if (given) void check(given);
    return () => {
      isLeft = true;
    };
  }, [given]);

  useEffect(() => {
    const left = new AbortController();
    const { signal } = left;
    const show = (of: File, read: { readBytes: number } | Digested) => {
      if (!signal.aborted) setDigested({ of, ...read });
    };
    const read = async (of: File) => {
      show(of, await digest(of, signal, (readBytes) => show(of, { readBytes })));
    };
    if (file) void read(file);
    return () => left.abort(new Error('another file'));
  }, [file]);

  const current = judged?.of === given ? judged : undefined;
  const { judgement, failure } = current ?? {};
  return {
    judgement,
    failure,
    comparison: compare(judgement, file, digested?.of === file ? digested : undefined),
  };
}

interface Judged {
  judgement?: ReceiptJudgement;
  failure?: Failure;
}

async function judge(text: string): Promise<Judged> {
  try {
    const { checkReceipt } = await import('./check-receipt.ts');
    return { judgement: await checkReceipt(text) };
  } catch {
    // The keys did not come, or that part of the page.
    return { failure: failureWith('network') };
  }
}

/** `sha256` as `sha256sum` prints it; null of what could not be read. */
interface Digested {
  sha256?: string | null;
}

async function digest(file: File, signal: AbortSignal, onProgress: (readBytes: number) => void): Promise<Digested> {
  try {
    const found = await digestFile(file, { onProgress, signal });
    return { sha256: found === undefined ? null : base64ToHex(found) };
  } catch {
    return { sha256: null };
  }
}

function compare(
  judgement: ReceiptJudgement | undefined,
  file: File | undefined,
  digested: ({ readBytes?: number } & Digested) | undefined,
): FileComparison | undefined {
  if (!file || judgement?.verdict !== 'genuine') return undefined;
  const { sha256 } = judgement.receipt.file;
  if (sha256 === null) return { kind: 'not-comparable' };
  if (digested?.sha256 === undefined) return { kind: 'reading', readBytes: digested?.readBytes ?? 0 };
  if (digested.sha256 === null) return { kind: 'unreadable' };
  return { kind: digested.sha256 === sha256 ? 'same' : 'different' };
}
