import type { AppTransaction } from './app-database.ts';

/** Who acts in the transaction's organization: its people, and its API tokens, told apart by a mark behind the name. */
export async function actorNames(transaction: AppTransaction): Promise<ReadonlyMap<string, string>> {
  const members = await transaction.organizationMember.findMany({ select: { personId: true, name: true } });
  // Those that don't work any more too: what they sent stays theirs.
  const tokens = await transaction.apiToken.findMany({ select: { id: true, name: true } });
  return new Map([
    ...members.map((member) => [member.personId, member.name] as const),
    ...tokens.map((token) => [token.id, `${token.name} (API)`] as const),
  ]);
}
