'use client';

import type { DatasetSummary } from '@hikyaku/types';
import { useLocalStorage } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useTrpc } from '../trpc/context.ts';
import { type EncryptionMode, encryptionModeOf, type HowToSend, howToSend } from './encryption-of.ts';

export interface Encryption {
  mode: EncryptionMode;
  /** Where it is offered: chosen last in this browser. */
  isWanted: boolean;
  want: (isWanted: boolean) => void;
  howToSend: (file: File) => HowToSend;
}

/** How files for a dataset are encrypted in the browser: for all of the organization's keys in use. */
export function useEncryption(dataset: DatasetSummary | undefined): Encryption {
  const trpc = useTrpc();
  const { data: keys } = useSuspenseQuery(trpc.keys.list.queryOptions());
  const [isWanted, want] = useLocalStorage({ key: 'hikyaku-encrypt', defaultValue: false });
  const recipients = keys.filter(({ retiredAt }) => retiredAt === null).map(({ publicKey }) => publicKey);
  const mode = dataset ? encryptionModeOf(dataset, recipients, isWanted) : 'none';
  return {
    mode,
    isWanted,
    want,
    howToSend: (file) => (dataset ? howToSend(file.name, dataset, { mode, isWanted, recipients }) : {}),
  };
}
