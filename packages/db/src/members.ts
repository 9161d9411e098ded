import type { AppTransaction } from './app-database.ts';

/** Who the people of the transaction's organization are. */
export async function memberNames(transaction: AppTransaction): Promise<ReadonlyMap<string, string>> {
  const members = await transaction.organizationMember.findMany({ select: { personId: true, name: true } });
  return new Map(members.map((member) => [member.personId, member.name]));
}
