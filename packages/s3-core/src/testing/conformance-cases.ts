import { checksumCases } from './cases/checksums.ts';
import { conditionCases } from './cases/conditions.ts';
import { keyCases } from './cases/keys.ts';
import { multipartCases } from './cases/multipart.ts';
import { objectCases } from './cases/objects.ts';
import { presignedCases } from './cases/presigned.ts';
import { transferCases } from './cases/transfers.ts';
import { versionCases } from './cases/versions.ts';
import type { ConformanceCase } from './conformance-case.ts';

/** All that this library asks of a store. For a framework of tests: one test for each, by its name. */
export const conformanceCases: readonly ConformanceCase[] = [
  ...objectCases,
  ...conditionCases,
  ...keyCases,
  ...versionCases,
  ...multipartCases,
  ...checksumCases,
  ...presignedCases,
  ...transferCases,
];
