import { openApi } from '../../api/open-api.ts';
import { printable } from '../../output/printable.ts';
import { note, printJson } from '../../output/print.ts';
import { writeWhole } from '../../output/write-whole.ts';
import type { World } from '../../world.ts';

export interface ReceiptFlags {
  output?: string;
}

/** As the server signed it, with members that only a newer one knows, too. */
export async function runReceipt(world: World, { output }: ReceiptFlags, uploadId: string): Promise<void> {
  const api = await openApi(world);
  const receipt = await api.getReceipt(uploadId);
  if (output === undefined || output === '-') {
    await printJson(world, receipt);
    return;
  }
  await writeWhole(output, [`${JSON.stringify(receipt, undefined, 2)}\n`], world.signal);
  note(world, printable(output));
}
