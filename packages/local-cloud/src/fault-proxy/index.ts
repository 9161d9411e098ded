export { type HttpEffect, type HttpFault, s3Answer, sqsAnswer } from './http-fault.ts';
export {
  type FaultProxy,
  type FaultProxyStatistics,
  openFaultProxy,
  type ProxiedConnection,
} from './open-fault-proxy.ts';
export { type SeededRandom, seededRandom } from './seeded-random.ts';
export type { ConnectionEnd, WireFaults } from './wire-faults.ts';
