import { takesVariables } from '../conditions/compile-condition.ts';
import { singleValue } from '../conditions/request-context.ts';
import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { AccessRequest, RequestPrincipal } from '../evaluate/access-request.ts';
import { policiesIn } from '../evaluate/policies-in.ts';
import { derivedKeys, requestFacts } from '../evaluate/request-facts.ts';
import { templateMatcher } from '../lint/arn-template.ts';
import { splitArn } from '../match/arn-pattern.ts';
import { policyText } from '../match/policy-text.ts';
import type { Policy, PolicyStatement } from '../policy/policy.ts';
import { actionsLike, serviceOf } from '../services/services.ts';
import { conditionSamples } from './condition-samples.ts';
import { sampleOf, type VariableValue } from './sample-of.ts';

export type Context = NonNullable<AccessRequest['context']>;

/** What there is to ask, as far as some policies speak of it: for each thing named in them something that fits it, and a neighbour. */
export interface RequestSpace {
  /** Each action with what it may be done to. */
  pairs: readonly { action: string; resource: string }[];
  /** The first one meets no condition in particular. */
  contexts: readonly Context[];
}

/** A statement with the version of its policy, which says whether its variables are any. */
export interface WrittenStatement {
  statement: PolicyStatement;
  version: Policy['version'];
}

export function requestSpace(
  written: readonly WrittenStatement[],
  options: { accountId: string; now: Date; principal: RequestPrincipal },
): RequestSpace {
  const base = { 'aws:SecureTransport': 'true', 'aws:CurrentTime': options.now.toISOString() };
  const known = knownValues(base, options.principal, options.accountId);
  const statements = written.map(({ statement }) => statement);
  const resources = resourcesIn(written, known);
  const actions = actionsIn(statements, servicesOf(resources));
  return {
    pairs: pairsOf([...actions], [...resources], options.accountId),
    contexts: contextsIn(written, base, known),
  };
}

export function statementsIn(policies: AccessPolicies): WrittenStatement[] {
  return policiesIn(policies).flatMap(({ policy: { statements, version } }) =>
    statements.map((statement) => ({ statement, version })),
  );
}

/** What a variable stands for, where it follows from who asks or is always said. */
type KnownValues = (key: string) => string | undefined;

function knownValues(context: Context, principal: RequestPrincipal, resourceAccountId: string): KnownValues {
  const facts = requestFacts({ principal, action: '', resource: '*', resourceAccountId, context });
  return (key) => singleValue(facts.context, key);
}

/** Of whatever isn't known the contexts say this. */
const madeUpValue = 'example';

function resourcesIn(written: readonly WrittenStatement[], known: KnownValues): Set<string> {
  const found = new Set<string>();
  const said: VariableValue = (key) => known(key) ?? madeUpValue;
  const unsaid: VariableValue = (key, fallback) => known(key) ?? fallback ?? madeUpValue;
  for (const { statement, version } of written) {
    for (const { value } of statement.resources?.values ?? []) {
      if (value === '*') continue;
      for (const valueOf of [said, unsaid]) {
        const sample = sampleOf(value, { version, valueOf });
        found.add(sample);
        const [, bucket, key] = /^(arn:[^:]*:s3:::[^/]+)(\/?)/.exec(sample) ?? [];
        if (!bucket) continue;
        if (key) found.add(bucket).add(`${bucket}/elsewhere/example`);
        // `arn:aws:s3:::*` means what is in the buckets as well.
        else if (value.endsWith('*')) found.add(`${bucket}/example`);
      }
    }
  }
  return found;
}

function servicesOf(resources: ReadonlySet<string>): Set<string> {
  return new Set([...resources].flatMap((resource) => splitArn(resource)?.[2] ?? []));
}

function actionsIn(statements: readonly PolicyStatement[], services: ReadonlySet<string>): Set<string> {
  const written = statements.flatMap(({ actions, principals }) =>
    actions.values.map(({ value }) => ({
      prefix: prefixOf(value),
      pattern: value.slice(value.indexOf(':') + 1),
      isOpen: actions.isNegated || /^[^:]*[*?]/.test(value),
      // A resource's own policy speaks of its own service alone, whatever it says.
      isOfAnyService: !principals,
    })),
  );
  const prefixes = new Set(services);
  for (const { prefix } of written) if (prefix !== '') prefixes.add(prefix);
  // Everything, of nothing in particular: that of the service this package is for.
  if (prefixes.size === 0) prefixes.add('s3');
  const found = new Set<string>();
  for (const { prefix, pattern, isOpen, isOfAnyService } of written) {
    if (!isOpen) addLike(found, prefix, pattern);
    else for (const each of prefixes) addLike(found, each, '*');
    if (isOpen && isOfAnyService) found.add(unnamedAction(prefixes));
  }
  return found;
}

/** The service that a value names; what begins with a wildcard names none. */
function prefixOf(action: string): string {
  return (/^[a-z0-9-]*/i.exec(action)?.[0] ?? '').toLowerCase();
}

/** What shows that a statement reaches further than the services it was written for. */
function unnamedAction(named: ReadonlySet<string>): string {
  const actions = ['iam:CreateUser', 'ec2:RunInstances', 'dynamodb:Scan'];
  return actions.find((action) => !named.has(prefixOf(action))) ?? 'elsewhere:Example';
}

function addLike(found: Set<string>, prefix: string, pattern: string): void {
  const service = serviceOf(prefix);
  const names = service ? actionsLike(service, pattern) : [];
  for (const name of names) found.add(`${prefix}:${name}`);
  // Of a service that the table doesn't know.
  if (names.length === 0) found.add(`${prefix}:${pattern.replaceAll('*', 'example').replaceAll('?', 'x')}`);
}

/**
 * An action goes with the resources of its types that are named, and with one of each type that nobody named: a policy may
 * reach further than what it names.
 */
function pairsOf(actions: readonly string[], resources: readonly string[], accountId: string): RequestSpace['pairs'] {
  const fits = new Map(resources.map((resource) => [resource, templateMatcher([resource])]));
  return actions.flatMap((action) => {
    const [prefix = '', name = ''] = action.split(':');
    const service = serviceOf(prefix);
    const types = service?.actions[name]?.resources;
    const templates = types?.flatMap((type) => service?.resources[type] ?? []) ?? [];
    const named = types
      ? resources.filter((resource) => templates.some((template) => fits.get(resource)?.(template)))
      : resources.filter((resource) => splitArn(resource)?.[2] === prefix);
    const unnamed = templates.map((template) => madeUp(template, accountId));
    return [...new Set([...named, ...(unnamed.length > 0 ? unnamed : ['*'])])].map((resource) => ({
      action,
      resource,
    }));
  });
}

function madeUp(template: string, accountId: string): string {
  const known: Readonly<Record<string, string>> = { Partition: 'aws', Region: 'ap-northeast-1', Account: accountId };
  return template.replaceAll(/\$\{([A-Za-z]+)\}/g, (_all, name: string) => known[name] ?? 'elsewhere');
}

/**
 * For each statement a request that meets all of its conditions and says what its variables want to know, and for each of these
 * those that do all but this.
 */
function contextsIn(written: readonly WrittenStatement[], base: Context, known: KnownValues): Context[] {
  const found = new Map<string, Context>();
  const add = (context: Context) => {
    const keys = Object.keys(context).toSorted();
    found.set(JSON.stringify(keys.map((key) => [key, context[key]])), context);
  };
  const valueOf: VariableValue = (key) => known(key) ?? madeUpValue;
  add(base);
  for (const { statement, version } of written) {
    const { conditions } = statement;
    const asked = new Set(conditions.map(({ key }) => key.toLowerCase()));
    const samples = [
      ...variablesIn(statement, version)
        .filter((key) => known(key) === undefined && !derivedKeys.includes(key) && !asked.has(key))
        .map((key) => ({ key, met: madeUpValue, others: [undefined] })),
      ...conditions.map((condition) => ({ key: condition.key, ...conditionSamples(condition, { version, valueOf }) })),
    ];
    if (samples.length === 0) continue;
    const met = samples.map((sample) => [sample.key, sample.met] as const);
    add(contextOf(base, met));
    for (const [index, { key, others }] of samples.entries()) {
      for (const other of others) add(contextOf(base, met.with(index, [key, other])));
    }
  }
  return [...found.values()];
}

/** In lower case, each once. */
function variablesIn({ resources, conditions }: PolicyStatement, version: Policy['version']): string[] {
  if (version !== '2012-10-17') return [];
  const compared = conditions.filter(({ operator }) => takesVariables(operator.comparison));
  const values = [...(resources?.values ?? []), ...compared.flatMap((condition) => condition.values)];
  const parts = values.flatMap(({ value }) => policyText(value, { wildcards: false, variables: true }));
  return [...new Set(parts.flatMap((part) => (part.kind === 'variable' ? part.key : [])))];
}

function contextOf(base: Context, values: readonly (readonly [key: string, value: string | undefined])[]): Context {
  const context: Record<string, string | readonly string[]> = { ...base };
  for (const [key, value] of values) {
    for (const own of Object.keys(context)) if (own.toLowerCase() === key.toLowerCase()) delete context[own];
    if (value !== undefined) context[key] = value;
  }
  return context;
}
