import { CommandFailure } from '../command-failure.ts';
import { describeFailure } from '../describe-failure.ts';
import { printable } from '../output/printable.ts';
import { note, printJson, printLine } from '../output/print.ts';
import type { World } from '../world.ts';
import type { Outcome } from '../put/in-parallel.ts';
import { errorOf } from '../put/manifest.ts';

/** One document with all results in the end, or one a line as they come: of any number nothing is kept. */
export type JsonShape = 'document' | 'lines';

interface Transfer {
  from: string;
  to: string;
  outcome: Outcome<object>;
  /** Of a success, for people. */
  fact: string;
}

export interface TransferReport {
  /** Of each as soon as it has ended. Of the only one the failure is told by whoever ends the command. */
  tell: (transfer: Transfer) => Promise<void>;
  /** @throws what the only one failed with, or some-failed */
  end: () => Promise<void>;
}

/** One result for each, whatever became of the others. */
export function createTransferReport(
  world: World,
  flags: { json?: boolean; jsonShape: JsonShape; quiet?: boolean; clear: () => void },
): TransferReport {
  const items: object[] = [];
  let [total, failed] = [0, 0];
  let first: Transfer | undefined;
  return {
    async tell(transfer) {
      total += 1;
      flags.clear();
      const { from, to, outcome, fact } = transfer;
      if (!outcome.ok) failed += 1;
      if (flags.json) {
        const item = itemOf(transfer);
        if (flags.jsonShape === 'lines') await printJson(world, item, 'line');
        else items.push(item);
      } else {
        if (outcome.ok && !flags.quiet) await printLine(world, printable(`${from} → ${to}  ${fact}`));
        if (total === 2 && first) tellFailure(world, first);
        if (total > 1) tellFailure(world, transfer);
      }
      first ??= transfer;
    },
    async end() {
      if (flags.json && flags.jsonShape === 'document') await printJson(world, { items });
      if (failed === 0) return;
      if (total === 1 && first?.outcome.ok === false) throw first.outcome.error;
      throw new CommandFailure('some-failed', { failed, total });
    },
  };
}

function itemOf({ from, to, outcome }: Transfer): object {
  return { from, to, ...(outcome.ok ? { ok: true, ...outcome.value } : { ok: false, error: errorOf(outcome.error) }) };
}

function tellFailure(world: World, { from, outcome }: Transfer): void {
  if (outcome.ok) return;
  const [first = '', ...rest] = describeFailure(outcome.error, world.locale, 'storage');
  note(world, `${printable(from)}: ${first}`);
  for (const line of rest) note(world, `    ${line}`);
}
