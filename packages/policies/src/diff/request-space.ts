import type { AccessPolicies, NamedPolicy } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { templateMatcher } from '../lint/arn-template.ts';
import { splitArn } from '../match/arn-pattern.ts';
import type { PolicyStatement } from '../policy/policy.ts';
import { actionsLike, serviceOf } from '../services/services.ts';
import { conditionSamples } from './condition-samples.ts';
import { sampleOf } from './sample-of.ts';

export type Context = NonNullable<AccessRequest['context']>;

/** What there is to ask, as far as some policies speak of it: for each thing named in them something that fits it, and a neighbour. */
export interface RequestSpace {
  /** Each action with what it may be done to. */
  pairs: readonly { action: string; resource: string }[];
  /** The first one meets no condition in particular. */
  contexts: readonly Context[];
}

export function requestSpace(
  statements: readonly PolicyStatement[],
  options: { accountId: string; now: Date },
): RequestSpace {
  const resources = resourcesIn(statements);
  const actions = actionsIn(statements, servicesOf(resources));
  return {
    pairs: pairsOf([...actions], [...resources], options.accountId),
    contexts: contextsIn(statements, { 'aws:SecureTransport': 'true', 'aws:CurrentTime': options.now.toISOString() }),
  };
}

export function statementsIn(policies: AccessPolicies): PolicyStatement[] {
  return policiesIn(policies).flatMap(({ policy }) => policy.statements);
}

function policiesIn(policies: AccessPolicies): NamedPolicy[] {
  const { identity = [], permissionsBoundary, session = [], serviceControl = [], resourceControl = [] } = policies;
  const { resource, endpoint } = policies;
  return [
    ...identity,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
    ...session,
    ...serviceControl.flat(),
    ...resourceControl.flat(),
    ...(resource ? [resource] : []),
    ...(endpoint ? [endpoint.policy] : []),
  ];
}

function resourcesIn(statements: readonly PolicyStatement[]): Set<string> {
  const found = new Set<string>();
  for (const { resources } of statements) {
    for (const { value } of resources?.values ?? []) {
      if (value === '*') continue;
      const sample = sampleOf(value);
      found.add(sample);
      const bucket = /^(arn:[^:]*:s3:::[^/]+)\//.exec(sample)?.[1];
      if (bucket) found.add(bucket).add(`${bucket}/elsewhere/example`);
    }
  }
  return found;
}

function servicesOf(resources: ReadonlySet<string>): Set<string> {
  return new Set([...resources].flatMap((resource) => splitArn(resource)?.[2] ?? []));
}

function actionsIn(statements: readonly PolicyStatement[], services: ReadonlySet<string>): Set<string> {
  const written = statements.flatMap(({ actions }) => actions);
  const prefixes = new Set(services);
  for (const { values } of written) for (const { value } of values) if (value !== '*') prefixes.add(prefixOf(value));
  // Everything, of nothing in particular: that of the service this package is for.
  if (prefixes.size === 0) prefixes.add('s3');
  const found = new Set<string>();
  for (const { isNegated, values } of written) {
    for (const { value } of values) {
      if (isNegated || value === '*') for (const prefix of prefixes) addLike(found, prefix, '*');
      else addLike(found, prefixOf(value), value.slice(value.indexOf(':') + 1));
    }
  }
  return found;
}

function prefixOf(action: string): string {
  return action.slice(0, action.indexOf(':')).toLowerCase();
}

function addLike(found: Set<string>, prefix: string, pattern: string): void {
  const service = serviceOf(prefix);
  const names = service ? actionsLike(service, pattern) : [];
  for (const name of names) found.add(`${prefix}:${name}`);
  // Of a service that the table doesn't know.
  if (names.length === 0) found.add(`${prefix}:${sampleOf(pattern)}`);
}

/** An action goes with the resources of its types; where none of these is named it goes with a made-up one. */
function pairsOf(actions: readonly string[], resources: readonly string[], accountId: string): RequestSpace['pairs'] {
  const fits = new Map(resources.map((resource) => [resource, templateMatcher([resource])]));
  return actions.flatMap((action) => {
    const [prefix = '', name = ''] = action.split(':');
    const service = serviceOf(prefix);
    const types = service?.actions[name]?.resources;
    if (!service || !types) return (resources.length > 0 ? resources : ['*']).map((resource) => ({ action, resource }));
    if (types.length === 0) return [{ action, resource: '*' }];
    const templates = types.flatMap((type) => service.resources[type] ?? []);
    const named = resources.filter((resource) => templates.some((template) => fits.get(resource)?.(template)));
    const asked = named.length > 0 ? named : templates.slice(0, 1).map((template) => madeUp(template, accountId));
    return asked.map((resource) => ({ action, resource }));
  });
}

function madeUp(template: string, accountId: string): string {
  const known: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'ap-northeast-1', Account: accountId };
  return template.replaceAll(/\$\{([A-Za-z]+)\}/g, (_all, name: string) => known[name] ?? 'example');
}

/** For each statement a request that meets all of its conditions, and for each condition one that meets all but this. */
function contextsIn(statements: readonly PolicyStatement[], base: Context): Context[] {
  const found = new Map<string, Context>();
  const add = (context: Context) => {
    const keys = Object.keys(context).toSorted();
    found.set(JSON.stringify(keys.map((key) => [key, context[key]])), context);
  };
  add(base);
  for (const { conditions } of statements) {
    const samples = conditions.map((condition) => ({ key: condition.key, ...conditionSamples(condition) }));
    if (samples.length === 0) continue;
    add(
      contextOf(
        base,
        samples.map(({ key, met }) => [key, met]),
      ),
    );
    for (const [index] of samples.entries()) {
      add(
        contextOf(
          base,
          samples.map(({ key, met, unmet }, at) => [key, at === index ? unmet : met]),
        ),
      );
    }
  }
  return [...found.values()];
}

function contextOf(base: Context, values: readonly (readonly [key: string, value: string | undefined])[]): Context {
  const context: Record<string, string | readonly string[]> = { ...base };
  for (const [key, value] of values) {
    for (const own of Object.keys(context)) if (own.toLowerCase() === key.toLowerCase()) delete context[own];
    if (value !== undefined) context[key] = value;
  }
  return context;
}
