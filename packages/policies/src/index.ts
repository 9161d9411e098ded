export { apiRolePolicy } from './api-role-policy.ts';
export { assumeRoleTrustPolicy } from './assume-role-trust-policy.ts';
export { ingestWorkerRolePolicy } from './ingest-worker-role-policy.ts';
export { incomingPrefix, type PolicyDocument, type Principal, type Statement } from './policy-document.ts';
