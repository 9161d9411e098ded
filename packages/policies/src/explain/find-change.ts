import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { type CompiledAccess, compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import type { Decision } from '../evaluate/decision.ts';
import { requester } from '../evaluate/requester.ts';
import type { Statement } from '../policy-document.ts';
import type { PolicyStatement } from '../policy/policy.ts';
import type { Change, ChangeStep, ChangeWarning } from './change.ts';
import { addStatement, replaceStatement } from './edit-policies.ts';
import type { Explanation, StatementFailure, StatementTrace } from './explanation.ts';
import { valueThatAvoids } from './value-that-avoids.ts';

/** As many layers as could each be missing an Allow. */
const maxSteps = 5;
/** Statements that lack one value and are tried out; a sound policy has a few. */
const maxTries = 30;

type Known = Pick<Explanation, 'decision' | 'statements'>;

/** Looks for the least that turns the decision. Whatever it finds was decided again with the change made. */
export function findChange(access: CompiledAccess, request: AccessRequest, known: Known): Change | undefined {
  const { decision } = known;
  if (decision.outcome === 'Allowed') return changeToDeny(access.source, request, decision);
  return changeOfRequest(access, request, known) ?? changeToAllow(access.source, request, known);
}

function changeToDeny(
  policies: AccessPolicies,
  request: AccessRequest,
  decision: Decision & { outcome: 'Allowed' },
): Change | undefined {
  const by = 'by' in decision ? decision.by : undefined;
  if (by) {
    const without = replaceStatement(policies, by.statement);
    const steps: ChangeStep[] = [{ kind: 'remove-statement', at: by }];
    if (outcomeOf(without, request) !== 'Allowed') return { outcome: 'Denied', steps, warnings: [] };
  }
  const layer = by?.layer ?? 'resource-policy';
  const statement = statementFor(request, 'Deny', layer);
  if (outcomeOf(addStatement(policies, layer, statement), request) === 'Allowed') return undefined;
  return { outcome: 'Denied', steps: [{ kind: 'add-statement', layer, statement }], warnings: [] };
}

/** A Deny may ask for no more than another way of asking: TLS, encryption, another network. */
function changeOfRequest(access: CompiledAccess, request: AccessRequest, { decision }: Known): Change | undefined {
  if (decision.outcome !== 'ExplicitlyDenied') return undefined;
  for (const { operator, key, values } of decision.by.statement.conditions) {
    const value = valueThatAvoids(operator, values);
    if (value === undefined || /^aws:(?:principal|resource|userid|username)/i.test(key)) continue;
    const changed = { ...request, context: { ...withoutKey(request.context ?? {}, key), [key]: value } };
    if (decide(access, changed).outcome !== 'Allowed') continue;
    return { outcome: 'Allowed', steps: [{ kind: 'change-request', at: decision.by, key, value }], warnings: [] };
  }
  return undefined;
}

function changeToAllow(policies: AccessPolicies, request: AccessRequest, known: Known): Change | undefined {
  let current = policies;
  let decision = known.decision;
  const steps: ChangeStep[] = [];
  while (decision.outcome !== 'Allowed' && steps.length < maxSteps) {
    const next = nextStep(current, request, { decision, statements: known.statements });
    if (!next) return undefined;
    current = next.policies;
    steps.push(next.step);
    decision = decide(compileAccess(current), request);
  }
  if (decision.outcome !== 'Allowed') return undefined;
  return { outcome: 'Allowed', steps, warnings: warningsOf(steps, request) };
}

interface NextStep {
  policies: AccessPolicies;
  step: ChangeStep;
}

function nextStep(policies: AccessPolicies, request: AccessRequest, known: Known): NextStep | undefined {
  const { decision, statements } = known;
  if (decision.outcome === 'ExplicitlyDenied') {
    const step: ChangeStep = { kind: 'remove-statement', at: decision.by };
    return { policies: replaceStatement(policies, decision.by.statement), step };
  }
  if (decision.outcome === 'Allowed' || !decision.layer) return undefined;
  let tries = 0;
  for (const trace of statements) {
    const next = oneValueMore(policies, request, trace);
    if (!next) continue;
    if (outcomeOf(next.policies, request) === 'Allowed') return next;
    tries += 1;
    if (tries >= maxTries) break;
  }
  const { layer } = decision;
  const statement = statementFor(request, 'Allow', layer);
  return { policies: addStatement(policies, layer, statement), step: { kind: 'add-statement', layer, statement } };
}

/** An Allow that lacks nothing but this resource, action or principal. */
function oneValueMore(policies: AccessPolicies, request: AccessRequest, trace: StatementTrace): NextStep | undefined {
  const { statement } = trace.at;
  const [failure, ...more] = trace.failures;
  if (!failure || more.length > 0 || statement.effect !== 'Allow' || widensMore(statement, failure)) return undefined;
  if (request.principal.kind !== 'anonymous' && isForEverybody(statement)) return undefined;
  const changed = { ...statement };
  let step: ChangeStep;
  if (failure.element === 'Action') {
    changed.actions = withValue(statement.actions, request.action);
    step = { kind: 'add-value', at: trace.at, element: 'Action', value: request.action };
  } else if (failure.element === 'Resource' && statement.resources) {
    changed.resources = withValue(statement.resources, request.resource);
    step = { kind: 'add-value', at: trace.at, element: 'Resource', value: request.resource };
  } else if (failure.element === 'Principal' && statement.principals && !failure.isMissing) {
    const principal = principalValue(request);
    const pointer = statement.principals.pointer;
    changed.principals = {
      ...statement.principals,
      values: [...statement.principals.values, { ...principal, pointer }],
    };
    step = { kind: 'add-value', at: trace.at, element: 'Principal', value: principal.value };
  } else return undefined;
  return { policies: replaceStatement(policies, statement, changed), step };
}

/** What is added to such a statement everybody gets, and not only who asks. */
function isForEverybody({ principals }: PolicyStatement): boolean {
  return principals !== undefined && (principals.isNegated || principals.values.some(({ value }) => value === '*'));
}

/** Whether the statement is so wide elsewhere that one value more would grant much more than this request. */
function widensMore({ actions, resources }: PolicyStatement, { element }: StatementFailure): boolean {
  const isService = actions.isNegated || actions.values.some(({ value }) => /(?:^|:)\*$/.test(value));
  const isEverything = resources?.isNegated || resources?.values.some(({ value }) => value === '*');
  return element === 'Action' ? (isEverything ?? false) : isService;
}

function withValue<Element extends { values: PolicyStatement['actions']['values']; pointer: string }>(
  element: Element,
  value: string,
): Element {
  return { ...element, values: [...element.values, { value, pointer: element.pointer }] };
}

function statementFor(
  request: AccessRequest,
  effect: 'Allow' | 'Deny',
  layer: StatementTrace['at']['layer'],
): Statement {
  const { type, value } = principalValue(request);
  const namesPrincipal = layer === 'resource-policy' || layer === 'endpoint-policy';
  const isTrust = layer === 'resource-policy' && request.action.toLowerCase().startsWith('sts:assumerole');
  return {
    Effect: effect,
    ...(namesPrincipal ? { Principal: value === '*' ? '*' : { [type]: value } } : {}),
    ...(layer === 'resource-control-policy' ? { Principal: '*' } : {}),
    Action: request.action,
    ...(isTrust ? {} : { Resource: request.resource }),
  };
}

/** The role rather than the session: a session is gone within hours. */
function principalValue({ principal }: AccessRequest): { type: 'AWS' | 'Service' | 'Federated'; value: string } {
  const { ownName = '*', parentArn } = requester(principal);
  if (principal.kind === 'service') return { type: 'Service', value: ownName };
  if (principal.kind === 'federated-identity') return { type: 'Federated', value: ownName };
  return { type: 'AWS', value: principal.kind === 'role-session' ? (parentArn ?? ownName) : ownName };
}

function warningsOf(steps: readonly ChangeStep[], request: AccessRequest): ChangeWarning[] {
  const warnings = new Set<ChangeWarning>();
  const { accountId } = requester(request.principal);
  for (const step of steps) {
    const layer = step.kind === 'add-statement' ? step.layer : step.at.layer;
    if (layer === 'service-control-policy' || layer === 'resource-control-policy') warnings.add('organization-wide');
    if (step.kind === 'remove-statement' && guardsMore(step.at.statement)) warnings.add('removes-guard');
    const grants = step.kind === 'add-statement' || step.kind === 'add-value';
    if (!grants || layer !== 'resource-policy') continue;
    if (request.principal.kind === 'anonymous') warnings.add('grants-everybody');
    else if (accountId !== undefined && accountId !== request.resourceAccountId) warnings.add('other-account');
  }
  return [...warnings];
}

/** Whether a Deny holds for other requests too. */
function guardsMore({ actions, resources, principals }: PolicyStatement): boolean {
  return (
    actions.isNegated ||
    (resources?.isNegated ?? false) ||
    (principals?.isNegated ?? false) ||
    isWide(actions.values) ||
    isWide(resources?.values) ||
    isWide(principals?.values)
  );
}

function isWide(values: readonly { value: string }[] = []): boolean {
  return values.length > 1 || values.some(({ value }) => value.includes('*'));
}

function outcomeOf(policies: AccessPolicies, request: AccessRequest): Decision['outcome'] {
  return decide(compileAccess(policies), request).outcome;
}

function withoutKey(
  context: NonNullable<AccessRequest['context']>,
  key: string,
): NonNullable<AccessRequest['context']> {
  const others = Object.entries(context).filter(([name]) => name.toLowerCase() !== key.toLowerCase());
  return Object.fromEntries(others);
}
