import {
  bucketPolicy,
  denyOutside,
  grantRole,
  parseIpRange,
  requireKmsKey,
  requireTls,
  toJson,
  withinTime,
} from '@hikyaku/policies';
import { commaList } from './comma-list.ts';
import { endOfDay } from './end-of-day.ts';
import { bucketPattern, endpointIdPattern, keyArnPattern, misfit, roleArnPattern } from './form-patterns.ts';

/** The form as it is filled in. */
export interface BucketForm {
  bucket: string;
  roleArn: string;
  /** Prefixes, one a line: they may have spaces and commas in them. */
  read: string;
  write: string;
  /** `2026-11-30`: the last day on which the role is allowed in. */
  until: string;
  isTls: boolean;
  keyArn: string;
  networks: string;
  endpoints: string;
}

type Field = Exclude<keyof BucketForm, 'isTls'>;
type BucketFormFault =
  | 'bucketName'
  | 'roleArn'
  | 'roleMissing'
  | 'prefixMissing'
  | 'prefixSpace'
  | 'prefixWildcard'
  | 'dayUnreadable'
  | 'dayPast'
  | 'keyArn'
  | 'network'
  | 'endpoint';

export interface ReadBucketForm {
  faults: Partial<Record<Field, BucketFormFault>>;
  /** Absent where there are faults, and while it would say nothing. */
  text?: string;
}

/** The policy that a form asks for. Nothing that is filled in is left out: what can't be meant is a fault. */
export function readBucketForm(form: BucketForm, { now, timeZone }: { now: Date; timeZone: string }): ReadBucketForm {
  const faults = faultsOf(form, { now, timeZone });
  if (Object.keys(faults).length > 0 || form.bucket.trim() === '') return { faults };
  const bucket = form.bucket.trim();
  const roleArn = form.roleArn.trim();
  const keyArn = form.keyArn.trim();
  const grants = roleArn
    ? grantRole({ bucket, roleArn, readPrefixes: prefixesOf(form.read), writePrefixes: prefixesOf(form.write) })
    : [];
  const until = form.until ? endOfDay(form.until, timeZone) : undefined;
  const statements = [
    ...(until ? withinTime(grants, { from: now, until }) : grants),
    ...(form.isTls ? requireTls({ bucket }) : []),
    ...(keyArn ? requireKmsKey({ bucket, keyArn }) : []),
    ...denyOutside({ bucket, ipRanges: commaList(form.networks), vpcEndpointIds: commaList(form.endpoints) }),
  ];
  return statements.length > 0 ? { faults, text: toJson(bucketPolicy(...statements)) } : { faults };
}

function faultsOf(form: BucketForm, { now, timeZone }: { now: Date; timeZone: string }): ReadBucketForm['faults'] {
  const found: { [Name in Field]: BucketFormFault | undefined } = {
    bucket: misfit(form.bucket, bucketPattern, 'bucketName'),
    roleArn: roleFault(form),
    read: prefixFault(form.read) ?? (isRoleAlone(form) ? 'prefixMissing' : undefined),
    write: prefixFault(form.write),
    until: dayFault(form.until, { now, timeZone }),
    keyArn: misfit(form.keyArn, keyArnPattern, 'keyArn'),
    networks: commaList(form.networks).every(parseIpRange) ? undefined : 'network',
    endpoints: commaList(form.endpoints).every((id) => endpointIdPattern.test(id)) ? undefined : 'endpoint',
  };
  return Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== undefined));
}

function roleFault({ roleArn, read, write, until }: BucketForm): BucketFormFault | undefined {
  if (roleArn.trim() === '') return `${read}${write}${until}`.trim() === '' ? undefined : 'roleMissing';
  return misfit(roleArn, roleArnPattern, 'roleArn');
}

function isRoleAlone({ roleArn, read, write }: BucketForm): boolean {
  return roleArn.trim() !== '' && prefixesOf(read).length + prefixesOf(write).length === 0;
}

/** A space at an end is likely a slip, and without it more would be allowed than was written. */
function prefixFault(text: string): BucketFormFault | undefined {
  const prefixes = prefixesOf(text);
  if (prefixes.some((prefix) => prefix !== prefix.trim())) return 'prefixSpace';
  return prefixes.some((prefix) => /[*?]|\$\{/.test(prefix)) ? 'prefixWildcard' : undefined;
}

function dayFault(day: string, { now, timeZone }: { now: Date; timeZone: string }): BucketFormFault | undefined {
  if (day === '') return undefined;
  const until = endOfDay(day, timeZone);
  if (!until) return 'dayUnreadable';
  return until <= now ? 'dayPast' : undefined;
}

function prefixesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
