import {
  type AccessPolicies,
  budget,
  type Explanation,
  type GrammarFinding,
  lint,
  type LintFinding,
  merge,
  minify,
  parsePolicy,
  type Policy,
  type PolicyBudget,
  principalName,
  type RequestPrincipal,
  simulate,
} from '@hikyaku/policies';
import { type AskedRequest, type ReadRequest, readRequest } from './asked-request.ts';
import { attachedKinds, type AttachedName, attachedNames, type PolicyTexts } from './attached-policy.ts';

/** A policy as the workbench shows it. Without text there is neither a policy nor anything to say of it. */
export interface ReadPolicy {
  policy?: Policy;
  findings: readonly (GrammarFinding | LintFinding)[];
  size?: PolicyBudget & { charactersSavedByMerging: number };
}

export interface Workbench {
  policies: Readonly<Record<AttachedName, ReadPolicy>>;
  /** Absent where one of them can't be read: then nobody knows what AWS would say. */
  answers?: readonly Explanation[];
  request: ReadRequest;
  /** There are more than are shown. */
  isCut: boolean;
  /** Several of those who ask are taken to have the same policies of their own. */
  isShared: boolean;
}

/** As many as fit a table that a person reads. */
export const maxAnswers = 60;

/** Everything the page says, from everything that is typed. */
export function workbench(texts: PolicyTexts, asked: AskedRequest): Workbench {
  const policies = {
    identity: readPolicy('identity', texts.identity),
    bucket: readPolicy('bucket', texts.bucket),
    boundary: readPolicy('boundary', texts.boundary),
    session: readPolicy('session', texts.session),
    scp: readPolicy('scp', texts.scp),
  };
  const request = readRequest(asked);
  const isReadable = attachedNames.every((name) => isEmpty(texts[name]) || policies[name].policy);
  const count = request.principals.length * request.actions.length * request.resources.length;
  const isCut = count > maxAnswers;
  const isShared = ownNames.some((name) => !isEmpty(texts[name])) && request.principals.filter(hasOwn).length > 1;
  const known = { policies, request, isCut, isShared };
  if (!isReadable || isCut || request.isAccountUnread) return known;
  return { ...known, answers: simulate({ ...request, policies: accessPolicies(policies, request) }) };
}

/** What belongs to one user or role. */
const ownNames = ['identity', 'boundary', 'session'] as const satisfies readonly AttachedName[];

function hasOwn({ kind }: RequestPrincipal): boolean {
  return kind === 'user' || kind === 'role-session' || kind === 'federated-user';
}

export function isEmpty(text: string): boolean {
  return text.trim() === '';
}

function readPolicy(name: AttachedName, text: string): ReadPolicy {
  if (isEmpty(text)) return { findings: [] };
  const { policy, findings } = parsePolicy(text);
  if (!policy) return { findings };
  const { kind, quota } = attachedKinds[name];
  return {
    policy,
    findings: lint(policy, kind),
    size: {
      ...budget([policy], quota),
      charactersSavedByMerging: minify(policy).length - minify(merge(policy)).length,
    },
  };
}

function accessPolicies(policies: Workbench['policies'], request: ReadRequest): AccessPolicies {
  const named = (name: AttachedName) => {
    const { policy } = policies[name];
    return policy && { name: titleOf(name, policy, request), policy };
  };
  const [identity, resource, boundary, session, scp] = attachedNames.map(named);
  return {
    ...(identity ? { identity: [identity] } : {}),
    ...(resource ? { resource } : {}),
    ...(boundary ? { permissionsBoundary: boundary } : {}),
    ...(session ? { session: [session] } : {}),
    ...(scp ? { serviceControl: [[scp]] } : {}),
  };
}

/** What a policy is called in explanations: after whom or what it is of. */
function titleOf(name: AttachedName, policy: Policy, { principals }: ReadRequest): string {
  if (name === 'bucket') return bucketOf(policy) ?? name;
  const [first, ...others] = principals;
  if (name !== 'identity' || !first || others.length > 0) return name;
  return principalName(first, 'en').split('/').at(-1) ?? name;
}

/** A bucket policy belongs to the bucket that it names first. */
export function bucketOf({ statements }: Policy): string | undefined {
  const resources = statements.flatMap(({ resources: element }) => element?.values ?? []);
  return resources.flatMap(({ value }) => /^arn:[^:]*:s3:::([^/*?]+)/.exec(value)?.[1] ?? [])[0];
}
