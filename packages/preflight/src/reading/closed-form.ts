import { formatOf } from '@hikyaku/datasets/reading';
import { ageBeginning, armorHeader, openPgpContentOf, openPgpKindOf } from '@hikyaku/encryption/beginnings';
import type { ClosedForm, FileFormat } from '@hikyaku/types';

/** Why nobody can look into a file here, or undefined where somebody can. `head`: its first bytes, 512 or more. */
export function closedForm(head: Uint8Array, format: FileFormat): ClosedForm | undefined {
  const text = new TextDecoder('latin1').decode(head);
  const isAge = text.startsWith(ageBeginning) || text.trimStart().startsWith(armorHeader);
  if (isAge) return 'encrypted';
  if (openPgpKindOf(head) !== undefined) return openPgpContentOf(head) ?? 'encrypted';
  const found = formatOf(head);
  if (found === 'zip') return format === 'xlsx' ? 'xlsx' : 'zip';
  return found === 'office' && format === 'xlsx' ? 'xlsx' : undefined;
}
