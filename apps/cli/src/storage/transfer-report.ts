import { CommandFailure } from '../command-failure.ts';
import { describeFailure } from '../describe-failure.ts';
import { printable } from '../output/printable.ts';
import { note, printJson, printLine } from '../output/print.ts';
import type { World } from '../world.ts';
import type { Outcome } from '../put/in-parallel.ts';
import { errorOf } from '../put/manifest.ts';

export interface TransferReport {
  /** Of each as soon as it has ended. */
  tell: (transfer: { from: string; to: string; outcome: Outcome<object>; fact: string }) => Promise<void>;
  /** @throws what the only one failed with, or some-failed */
  end: () => void;
}

/** One result for each, whatever became of the others: a line, or with `json` one document a line. */
export function createTransferReport(
  world: World,
  flags: { json?: boolean; quiet?: boolean; clear: () => void },
): TransferReport {
  const failures: unknown[] = [];
  let total = 0;
  return {
    async tell({ from, to, outcome, fact }) {
      total += 1;
      flags.clear();
      if (!outcome.ok) failures.push(outcome.error);
      if (flags.json) {
        const told = outcome.ok ? { ok: true, ...outcome.value } : { ok: false, error: errorOf(outcome.error) };
        await printJson(world, { from, to, ...told }, 'line');
      } else if (outcome.ok) {
        if (!flags.quiet) await printLine(world, printable(`${from} → ${to}  ${fact}`));
      } else {
        const [first = '', ...rest] = describeFailure(outcome.error, world.locale, 'storage');
        note(world, `${printable(from)}: ${first}`);
        for (const line of rest) note(world, `    ${line}`);
      }
    },
    end() {
      if (failures.length === 0) return;
      throw total === 1 ? failures[0] : new CommandFailure('some-failed', { failed: failures.length, total });
    },
  };
}
