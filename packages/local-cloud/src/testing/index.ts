import './provided-context.ts';

export { testAccount, testCloud, testDatabase, type TestDatabase } from './test-cloud.ts';
