import './provided-context.ts';

export { actAs } from './act-as.ts';
export { testAccount, testCloud, testDatabase, type TestDatabase } from './test-cloud.ts';
