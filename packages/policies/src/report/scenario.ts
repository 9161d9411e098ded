import type { AccessPolicies, KeyGrant, NamedPolicy } from '../evaluate/access-policies.ts';
import type { AccessRequest, RequestPrincipal } from '../evaluate/access-request.ts';
import { principalOf } from '../evaluate/principal-of.ts';
import { requester } from '../evaluate/requester.ts';
import type { GrammarFinding } from '../policy/finding.ts';
import { parsePolicy } from '../policy/parse-policy.ts';

/**
 * Policies and what is asked of them, as one JSON document:
 *
 * `{ "principal": "arn:aws:iam::111122223333:role/worker", "action": "s3:GetObject", "resource": "arn:aws:s3:::files/a.csv",
 *    "account": "111122223333", "context": { "aws:SecureTransport": "true" },
 *    "policies": { "identity": [{ … }], "resource": { … } } }`
 *
 * `principal`, `action` and `resource` take lists too; `account` (the resource's) is the first principal's, where it is left
 * out. `policies` takes `identity`, `boundary`, `session`, `scp` and `rcp` (each a list of levels), `resource` and `endpoint`; those of
 * a principal belong to every one that is named. `endpointType` is `gateway` or `interface`, `gateway` where it is left out.
 */
export interface Scenario {
  policies: AccessPolicies;
  principals: readonly RequestPrincipal[];
  actions: readonly string[];
  resources: readonly string[];
  resourceAccountId: string;
  context: NonNullable<AccessRequest['context']>;
}

/** What keeps a text from being a scenario. */
export type ScenarioFault =
  | { kind: 'json-syntax' }
  | { kind: 'missing' | 'wrong-type' | 'unknown-element' | 'unknown-principal'; pointer: string }
  | { kind: 'no-policy'; pointer: string; findings: readonly GrammarFinding[] };

export type ParsedScenario =
  | { scenario: Scenario; faults: readonly [] }
  | { scenario?: undefined; faults: readonly ScenarioFault[] };

const elements = [
  'principal',
  'action',
  'resource',
  'account',
  'context',
  'policies',
  'endpointType',
  'bucket',
  'grants',
] as const;
const policyElements = ['identity', 'boundary', 'session', 'scp', 'rcp', 'resource', 'endpoint'] as const;

export function parseScenario(text: string): ParsedScenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: [{ kind: 'json-syntax' }] };
  }
  const reader = new ScenarioReader();
  const scenario = reader.scenario(value);
  return scenario && reader.faults.length === 0 ? { scenario, faults: [] } : { faults: reader.faults };
}

const ownerships = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'] as const;
const endpointTypes = ['gateway', 'interface'] as const;

function isAccountId(value: unknown): value is string {
  return typeof value === 'string' && /^\d{12}$/.test(value);
}

type Members = Readonly<Record<string, unknown>>;

class ScenarioReader {
  readonly faults: ScenarioFault[] = [];

  scenario(value: unknown): Scenario | undefined {
    const members = this.#object(value, '', elements);
    if (!members) return undefined;
    const policies = this.#policies(members['policies'], members);
    const names = this.#strings(members['principal'], '/principal');
    const principals = names.flatMap((name) => {
      const principal = principalOf(name);
      if (!principal) this.faults.push({ kind: 'unknown-principal', pointer: '/principal' });
      return principal ?? [];
    });
    const [first] = principals;
    const account = members['account'] ?? (first && requester(first).accountId);
    if (account === undefined) this.faults.push({ kind: 'missing', pointer: '/account' });
    else if (!isAccountId(account)) this.faults.push({ kind: 'wrong-type', pointer: '/account' });
    return {
      policies,
      principals,
      actions: this.#strings(members['action'], '/action'),
      resources: this.#strings(members['resource'], '/resource'),
      resourceAccountId: isAccountId(account) ? account : '',
      context: this.#context(members['context']),
    };
  }

  /** The policies alone, as a version to compare has them. */
  #policies(value: unknown, { bucket, grants, endpointType }: Members): AccessPolicies {
    const pointer = '/policies';
    const members = this.#object(value, pointer, policyElements) ?? {};
    const one = (name: string) => this.#policy(members[name], `${pointer}/${name}`, name);
    const list = (name: string) => this.#policyList(members[name], `${pointer}/${name}`, name);
    const levels = (name: string) =>
      this.#items(members[name]).map((level, index) => this.#policyList(level, `${pointer}/${name}/${index}`, name));
    const [boundary, resource, endpoint] = [one('boundary'), one('resource'), one('endpoint')];
    const type = this.#oneOf(endpointTypes, endpointType, '/endpointType') ?? 'gateway';
    const settings = bucket === undefined ? undefined : this.#bucketSettings(bucket);
    return {
      ...(members['identity'] === undefined ? {} : { identity: list('identity') }),
      ...(boundary ? { permissionsBoundary: boundary } : {}),
      ...(members['session'] === undefined ? {} : { session: list('session') }),
      ...(members['scp'] === undefined ? {} : { serviceControl: levels('scp') }),
      ...(members['rcp'] === undefined ? {} : { resourceControl: levels('rcp') }),
      ...(resource ? { resource } : {}),
      ...(endpoint ? { endpoint: { policy: endpoint, type } } : {}),
      ...(settings ? { bucket: settings } : {}),
      ...(grants === undefined ? {} : { grants: this.#grants(grants) }),
    };
  }

  #bucketSettings(value: unknown): NonNullable<AccessPolicies['bucket']> {
    const known = ['restrictPublicBuckets', 'objectOwnership', 'foreignObjectsGrantOwner'] as const;
    const members = this.#object(value, '/bucket', known) ?? {};
    const objectOwnership = this.#oneOf(ownerships, members['objectOwnership'], '/bucket/objectOwnership');
    return {
      restrictPublicBuckets: this.#isOn(members['restrictPublicBuckets'], '/bucket/restrictPublicBuckets'),
      foreignObjectsGrantOwner: this.#isOn(members['foreignObjectsGrantOwner'], '/bucket/foreignObjectsGrantOwner'),
      ...(objectOwnership ? { objectOwnership } : {}),
    };
  }

  /** Off where it is left out. A text is no answer: `"false"` would count as one or the other. */
  #isOn(value: unknown, pointer: string): boolean {
    if (value !== undefined && typeof value !== 'boolean') this.faults.push({ kind: 'wrong-type', pointer });
    return value === true;
  }

  #oneOf<One extends string>(known: readonly One[], value: unknown, pointer: string): One | undefined {
    const found = known.find((each) => each === value);
    if (value !== undefined && found === undefined) this.faults.push({ kind: 'wrong-type', pointer });
    return found;
  }

  /** As `aws kms list-grants` prints them. */
  #grants(value: unknown): KeyGrant[] {
    return this.#items(value).flatMap((item, index) => {
      const pointer = `/grants/${index}`;
      const known = ['GrantId', 'GranteePrincipal', 'Operations', 'Constraints'] as const;
      const members = this.#object(item, pointer, known, true);
      if (!members) return [];
      const id = this.#string(members['GrantId'], `${pointer}/GrantId`);
      const granteePrincipal = this.#string(members['GranteePrincipal'], `${pointer}/GranteePrincipal`);
      const operations = this.#strings(members['Operations'], `${pointer}/Operations`);
      const constraints = this.#constraints(members['Constraints'], `${pointer}/Constraints`);
      return [{ id, granteePrincipal, operations, ...constraints }];
    });
  }

  /** One that nobody here knows is a fault: without it the grant would reach further. */
  #constraints(value: unknown, pointer: string): Pick<KeyGrant, 'encryptionContextEquals' | 'encryptionContextSubset'> {
    const known = ['EncryptionContextEquals', 'EncryptionContextSubset'] as const;
    const members = this.#object(value ?? {}, pointer, known) ?? {};
    const pairs = (name: (typeof known)[number]) => {
      if (members[name] === undefined) return undefined;
      const found = this.#object(members[name], `${pointer}/${name}`, [], true) ?? {};
      return Object.fromEntries(
        Object.entries(found).map(([key, text]) => [key, this.#string(text, `${pointer}/${name}/${key}`)]),
      );
    };
    const [equals, subset] = known.map(pairs);
    return {
      ...(equals ? { encryptionContextEquals: equals } : {}),
      ...(subset ? { encryptionContextSubset: subset } : {}),
    };
  }

  #policyList(value: unknown, pointer: string, name: string): NamedPolicy[] {
    const items = this.#items(value);
    return items.flatMap((item, index) => {
      const own = items.length > 1 ? `${name} ${index + 1}` : name;
      return this.#policy(item, Array.isArray(value) ? `${pointer}/${index}` : pointer, own) ?? [];
    });
  }

  #policy(value: unknown, pointer: string, name: string): NamedPolicy | undefined {
    if (value === undefined) return undefined;
    const { policy, findings } = parsePolicy(JSON.stringify(value, null, 2));
    if (policy) return { name, policy };
    this.faults.push({ kind: 'no-policy', pointer, findings });
    return undefined;
  }

  #context(value: unknown): Scenario['context'] {
    const members = value === undefined ? {} : this.#object(value, '/context', [], true);
    const context: Record<string, string | readonly string[]> = {};
    for (const [key, own] of Object.entries(members ?? {})) {
      const values = this.#strings(own, `/context/${key}`);
      const [first] = values;
      context[key] = Array.isArray(own) || first === undefined ? values : first;
    }
    return context;
  }

  #object(value: unknown, pointer: string, known: readonly string[], takesOthers = false): Members | undefined {
    if (value === undefined) {
      this.faults.push({ kind: 'missing', pointer });
      return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.faults.push({ kind: 'wrong-type', pointer });
      return undefined;
    }
    const members: Members = { ...value };
    if (takesOthers) return members;
    for (const name of Object.keys(members)) {
      if (!known.includes(name)) this.faults.push({ kind: 'unknown-element', pointer: `${pointer}/${name}` });
    }
    return members;
  }

  #items(value: unknown): readonly unknown[] {
    return value === undefined ? [] : Array.isArray(value) ? value : [value];
  }

  #string(value: unknown, pointer: string): string {
    return this.#strings(value, pointer)[0] ?? '';
  }

  #strings(value: unknown, pointer: string): string[] {
    const items = this.#items(value);
    if (items.length === 0) this.faults.push({ kind: 'missing', pointer });
    return items.flatMap((item) => {
      if (typeof item === 'string' && item !== '') return item;
      this.faults.push({ kind: 'wrong-type', pointer });
      return [];
    });
  }
}
