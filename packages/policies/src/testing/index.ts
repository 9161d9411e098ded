import { actionCases } from './cases/action-cases.ts';
import { conditionCases } from './cases/condition-cases.ts';
import type { DocumentedCase } from './cases/documented-case.ts';
import { gatewayEndpointCases } from './cases/gateway-endpoint-cases.ts';
import { keyCases } from './cases/key-cases.ts';
import { layerCases } from './cases/layer-cases.ts';
import { objectOwnershipCases } from './cases/object-ownership-cases.ts';
import { principalCases } from './cases/principal-cases.ts';
import { publicAccessCases } from './cases/public-access-cases.ts';
import { resourceCases } from './cases/resource-cases.ts';
import { seedCases } from './cases/seed-cases.ts';
import { variableCases } from './cases/variable-cases.ts';

export type { DocumentedCase, Outcome } from './cases/documented-case.ts';
export { pages } from './cases/pages.ts';

/** What AWS documents, one request a case. */
export const documentedCases: readonly DocumentedCase[] = [
  ...conditionCases,
  ...actionCases,
  ...resourceCases,
  ...principalCases,
  ...variableCases,
  ...layerCases,
  ...publicAccessCases,
  ...objectOwnershipCases,
  ...keyCases,
  ...gatewayEndpointCases,
  ...seedCases,
];
