import type { RequestContext } from '../conditions/request-context.ts';
import { type ArnParts, splitArn } from '../match/arn-pattern.ts';
import type { AccessRequest } from './access-request.ts';
import { putPrincipalContext } from './principal-context.ts';
import { type Requester, requester } from './requester.ts';

/** A request made ready to be held against many statements. */
export interface RequestFacts {
  requester: Requester;
  /** In lower case. */
  action: string;
  /** Before the action's colon. */
  service: string;
  resource: string;
  /** Undefined where it is no ARN. */
  resourceParts: ArnParts | undefined;
  resourceAccountId: string;
  isSameAccount: boolean;
  objectOwnerAccountId: string;
  context: RequestContext;
}

/** Condition keys in lower case that follow from who asks and of what: one that isn't there doesn't exist. */
export const derivedKeys: readonly string[] = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:resourceaccount',
  'aws:username',
];

export function requestFacts(request: AccessRequest): RequestFacts {
  const from = requester(request.principal);
  const action = request.action.toLowerCase();
  const context = new Map<string, readonly string[]>();
  putPrincipalContext(context, request.principal, from);
  context.set('aws:resourceaccount', [request.resourceAccountId]);
  if (from.accountId !== undefined && action.startsWith('kms:')) context.set('kms:calleraccount', [from.accountId]);
  const own = request.context;
  if (own) {
    for (const key of Object.keys(own)) {
      const value = own[key];
      if (value !== undefined) context.set(key.toLowerCase(), typeof value === 'string' ? [value] : value);
    }
  }
  return {
    requester: from,
    action,
    service: action.slice(0, Math.max(0, action.indexOf(':'))),
    resource: request.resource,
    resourceParts: splitArn(request.resource),
    resourceAccountId: request.resourceAccountId,
    isSameAccount: from.accountId === request.resourceAccountId,
    objectOwnerAccountId: request.objectOwnerAccountId ?? request.resourceAccountId,
    context,
  };
}
