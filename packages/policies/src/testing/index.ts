import { conditionCases } from './cases/condition-cases.ts';
import type { DocumentedCase } from './cases/documented-case.ts';
import { elementCases } from './cases/element-cases.ts';
import { layerCases } from './cases/layer-cases.ts';
import { seedCases } from './cases/seed-cases.ts';

export type { DocumentedCase, Outcome } from './cases/documented-case.ts';
export { pages } from './cases/pages.ts';

/** What AWS documents, one request a case. */
export const documentedCases: readonly DocumentedCase[] = [
  ...conditionCases,
  ...elementCases,
  ...layerCases,
  ...seedCases,
];
