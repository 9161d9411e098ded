import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { RequestPrincipal } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import { type AskedPrincipal, askedPrincipals } from './asked-principals.ts';
import { type Context, requestSpace, statementsIn } from './request-space.ts';

export interface DiffOptions {
  resourceAccountId: string;
  /** Whom the identity policies belong to; a made-up role of the account, if it isn't said. */
  principal?: RequestPrincipal;
  /** For conditions on the time; now by default. */
  now?: Date;
  /** At most so many requests are asked of each version; 200,000 by default, a second or two. */
  maxRequests?: number;
}

/** What somebody may do, or may no longer do. */
export interface AccessChange {
  principal: RequestPrincipal;
  as: AskedPrincipal['as'];
  actions: readonly string[];
  resource: string;
  /**
   * In which of the requests that were tried, as what these say otherwise than TLS and the time, with no value for what they leave
   * out of these; absent where it was the same in all of them.
   */
  when?: readonly Context[];
}

export interface AccessDiff {
  gained: readonly AccessChange[];
  lost: readonly AccessChange[];
  /** Requests that were asked of both versions. */
  asked: number;
  /** False where there would have been more to ask than `maxRequests`. */
  isComplete: boolean;
}

/**
 * Who gains and who loses access between two versions of some policies. Each principal, action, resource and condition that
 * either version names is asked of both, and its neighbours: a difference that is told is one, and where none is found, none
 * was met in what the policies name.
 */
export function diffAccess(before: AccessPolicies, after: AccessPolicies, options: DiffOptions): AccessDiff {
  const { resourceAccountId, now = new Date(), maxRequests = 200_000 } = options;
  const written = [...statementsIn(before), ...statementsIn(after)];
  const gained: AccessChange[] = [];
  const lost: AccessChange[] = [];
  let asked = 0;
  for (const somebody of askedPrincipals([before, after], { subject: options.principal, resourceAccountId })) {
    const { principal } = somebody;
    const [one, other] = [before, after].map((version) => compileAccess(somebody.policiesIn(version)));
    if (!one || !other) continue;
    const { pairs, contexts } = requestSpace(written, { accountId: resourceAccountId, now, principal });
    const [gains, losses] = [new Changes(somebody, contexts), new Changes(somebody, contexts)];
    const told = () => ({ gained: [...gained, ...gains.list()], lost: [...lost, ...losses.list()], asked });
    for (const { action, resource } of pairs) {
      for (const [index, context] of contexts.entries()) {
        if (asked >= maxRequests) return { ...told(), isComplete: false };
        asked += 1;
        const request = { principal, action, resource, resourceAccountId, context };
        const was = decide(one, request).outcome === 'Allowed';
        const is = decide(other, request).outcome === 'Allowed';
        if (was !== is) (is ? gains : losses).add({ action, resource, index });
      }
    }
    gained.push(...gains.list());
    lost.push(...losses.list());
  }
  return { gained, lost, asked, isComplete: true };
}

/** Gathers single differences of somebody: what holds in the same requests of the same resource is told at once. */
class Changes {
  readonly #somebody: AskedPrincipal;
  readonly #contexts: readonly Context[];
  readonly #found = new Map<string, { action: string; resource: string; indexes: number[] }>();

  constructor(somebody: AskedPrincipal, contexts: readonly Context[]) {
    this.#somebody = somebody;
    this.#contexts = contexts;
  }

  add({ action, resource, index }: { action: string; resource: string; index: number }): void {
    const key = JSON.stringify([action, resource]);
    const known = this.#found.get(key) ?? { action, resource, indexes: [] };
    known.indexes.push(index);
    this.#found.set(key, known);
  }

  /** What it says otherwise than a request usually does; nothing, of what it leaves out. */
  #beyondUsual(context: Context): Context {
    const [usual = {}] = this.#contexts;
    const said = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
    const usually = new Map(Object.entries(usual).map(([key, value]) => [key.toLowerCase(), value]));
    const leftOut = Object.keys(usual).filter((key) => !said.has(key.toLowerCase()));
    return {
      ...Object.fromEntries(Object.entries(context).filter(([key, value]) => usually.get(key.toLowerCase()) !== value)),
      ...Object.fromEntries(leftOut.map((key) => [key, []])),
    };
  }

  list(): AccessChange[] {
    const { principal, as } = this.#somebody;
    const together = new Map<string, AccessChange & { actions: string[] }>();
    for (const { action, resource, indexes } of this.#found.values()) {
      const key = JSON.stringify([resource, indexes]);
      const known = together.get(key);
      if (known) {
        known.actions.push(action);
        continue;
      }
      const isAlways = indexes.length === this.#contexts.length;
      const when = indexes.map((index) => this.#beyondUsual(this.#contexts[index] ?? {}));
      together.set(key, { principal, as, actions: [action], resource, ...(isAlways ? {} : { when }) });
    }
    return [...together.values()];
  }
}
