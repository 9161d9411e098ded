import { gatewayDeviations } from './gateway-deviations.ts';
import { decideSituation, type Situation } from './situation.ts';

/** The fewest deviations that bring AWS's rules to the gateway's answer; undefined where even all of them don't. */
export function explanationOf(situation: Situation, isAllowed: boolean): string | undefined {
  const fits = (changed: Situation) => (decideSituation(changed) === 'Allowed') === isAllowed;
  const all = gatewayDeviations.reduce((changed, { asGateway }) => asGateway(changed), situation);
  // Also where both agree, the gateway has to be what we take it for.
  if (!fits(all)) return undefined;
  if (fits(situation)) return 'agreed';
  for (const { name, asGateway } of gatewayDeviations) if (fits(asGateway(situation))) return name;
  for (const [index, one] of gatewayDeviations.entries()) {
    for (const other of gatewayDeviations.slice(index + 1)) {
      if (fits(other.asGateway(one.asGateway(situation)))) return `${one.name} + ${other.name}`;
    }
  }
  return 'several of them';
}
