export type { AccountRole } from './account/account-roles.ts';
export type { CloudAccount, CreateAccountOptions } from './account/cloud-account.ts';
export { type LocalCloudAddresses, localCloudAddresses } from './addresses.ts';
export { type AttachedCloud, attachLocalCloud } from './attach-local-cloud.ts';
export type { EventEnvelope } from './event-bridge/event-envelope.ts';
export { LocalCloudError, type LocalCloudErrorCode } from './local-cloud-error.ts';
export type { CaughtMail } from './mail-catcher/caught-mail.ts';
export { neededParts, type Part, type PartName, partNames, type PartReport, type PartState } from './part.ts';
export { type PortName, portNames, portVariables } from './port-book.ts';
export {
  findMissingRadosGatewayPackages,
  installRadosGatewayCommand,
  radosGatewayPackages,
} from './rados-gateway/debian-packages.ts';
export { type LocalCloud, startLocalCloud, type StartLocalCloudOptions } from './start-local-cloud.ts';
export { readCloudState } from './state-file.ts';
