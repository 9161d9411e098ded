import type { EventBridgeAddress } from './event-bridge.ts';
import type { EventRule } from './event-rules.ts';

/** Tells the running bridge of a rule; it may live in another process. */
export async function putEventRule(address: EventBridgeAddress, rule: EventRule): Promise<void> {
  await change(address, rule.name, { method: 'PUT', body: JSON.stringify(rule) });
}

/** Does nothing when there is no such rule. */
export async function deleteEventRule(address: EventBridgeAddress, name: string): Promise<void> {
  await change(address, name, { method: 'DELETE' });
}

async function change(address: EventBridgeAddress, name: string, init: RequestInit): Promise<void> {
  const response = await fetch(`${address.url}/rules/${encodeURIComponent(name)}`, init);
  if (!response.ok) throw new Error(`the event bridge refused the rule ${name}: ${response.status}`);
}
