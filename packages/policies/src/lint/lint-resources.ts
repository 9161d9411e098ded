import { actionsLike, serviceOf } from '../services/services.ts';
import type { ListElement } from '../policy/policy.ts';
import { templateMatcher } from './arn-template.ts';
import type { LintScope } from './lint.ts';

export function lintResources(scope: LintScope): void {
  const { kind, statement, add } = scope;
  const { resources, pointer } = statement;
  if (kind === 'trust') {
    if (resources) add('resource-not-allowed', resources.pointer, { element: resources.name });
    return;
  }
  if (!resources) {
    add('resource-missing', pointer);
    return;
  }
  if (resources.isNegated && statement.effect === 'Allow') add('not-resource-with-allow', resources.pointer);
  for (const { value, pointer } of resources.values) lintArn(scope, value, pointer);
  if (!resources.isNegated && !statement.actions.isNegated) lintPairs(scope, resources);
}

function lintArn({ statement, add }: LintScope, value: string, pointer: string): void {
  if (value === '*') return;
  const isArn = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/.test(value) || /^arn:.*\*$/.test(value);
  if (!isArn) add('malformed-arn', pointer, { value });
  else if (/^(?:[^:]*:){0,4}[^:]*\$\{/.test(value))
    add('variable-without-effect', pointer, { value, effect: statement.effect });
}

/** Each action has to find a resource of a type it works on. */
function lintPairs({ kind, statement, add }: LintScope, resources: ListElement): void {
  const written = resources.values.map(({ value }) => value);
  const isEverything = written.includes('*');
  const couldMatch = templateMatcher(written);
  const named = written.length > 3 ? `${written.slice(0, 3).join(', ')} …` : written.join(', ');
  for (const { value, pointer } of statement.actions.values) {
    const [prefix = '', name = ''] = value.split(':');
    const service = serviceOf(prefix);
    if (!service || /[*?]/.test(name)) continue;
    const [action] = actionsLike(service, name);
    const types = action === undefined ? undefined : service.actions[action]?.resources;
    if (!types) continue;
    if (types.length === 0) {
      if (!isEverything && kind !== 'key') add('action-needs-every-resource', pointer, { value });
      continue;
    }
    const templates = types.flatMap((type) => service.resources[type] ?? []);
    if (isEverything) {
      // In a key policy "*" is that key; an endpoint or a boundary limits nothing by naming everything.
      if (kind === 'identity' && statement.effect === 'Allow') {
        add('every-resource', resources.pointer, { value, expected: templates[0] ?? '' });
      }
      continue;
    }
    if (templates.some(couldMatch)) continue;
    const expected = preferred(types).flatMap((type) => service.resources[type] ?? [])[0] ?? '';
    add('wrong-resource-for-action', pointer, { value, resource: named, expected });
  }
}

/** Of several types the one that people mean. */
function preferred(types: readonly string[]): string[] {
  const usual = ['object', 'bucket', 'queue', 'key', 'role', 'log-group', 'event-bus'];
  return [...usual.filter((type) => types.includes(type)), ...types];
}
