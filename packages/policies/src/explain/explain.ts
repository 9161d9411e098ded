import type { AccessRequest } from '../evaluate/access-request.ts';
import { audienceOf, type CompiledAccess } from '../evaluate/compile-access.ts';
import type { CompiledStatement } from '../evaluate/compile-policy.ts';
import { decide, reference } from '../evaluate/decide.ts';
import { type RequestFacts, requestFacts } from '../evaluate/request-facts.ts';
import type { Explanation, StatementFailure, StatementTrace } from './explanation.ts';
import { findChange } from './find-change.ts';

/** Why a request is allowed or denied: the same decision as `decide`, with every statement and what it lacked. */
export function explain(access: CompiledAccess, request: AccessRequest): Explanation {
  const decision = decide(access, request);
  const statements = traceStatements(access, request);
  const deciding = 'by' in decision ? decision.by?.statement : undefined;
  const traces = statements.map((trace) => ({ ...trace, isDeciding: trace.at.statement === deciding }));
  const change = findChange(access, request, { decision, statements: traces });
  return { request, decision, statements: traces.toSorted(byWeight), ...(change ? { change } : {}) };
}

function traceStatements(access: CompiledAccess, request: AccessRequest): StatementTrace[] {
  const facts = requestFacts(request);
  return access.bearingOn[audienceOf(facts.requester)].policies.flatMap(({ statements }) =>
    statements.map((statement) => traceStatement(statement, facts, request.action)),
  );
}

function traceStatement(statement: CompiledStatement, facts: RequestFacts, action: string): StatementTrace {
  const failures: StatementFailure[] = [];
  const { source } = statement;
  const match = statement.principals ? statement.principals(facts.requester) : 'direct';
  if (!match) {
    const element = source.principals?.name ?? 'Principal';
    const requested = facts.requester.parentArn ?? facts.requester.ownName ?? '*';
    failures.push({ element, requested, isMissing: !source.principals });
  }
  if (!statement.actions(facts.action)) failures.push({ element: actionElement(source), requested: action });
  if (statement.resources && !statement.resources(facts)) {
    failures.push({ element: resourceElement(source), requested: facts.resource });
  }
  for (const { element, isMet } of statement.conditions) {
    if (isMet(facts.context)) continue;
    const requested = facts.context.get(element.key.toLowerCase());
    failures.push({ element: 'Condition', condition: element, ...(requested ? { requested } : {}) });
  }
  const at = reference(statement);
  return { at, isDeciding: false, ...(match && failures.length === 0 ? { match } : {}), failures };
}

function actionElement({ actions }: CompiledStatement['source']): 'Action' | 'NotAction' {
  return actions.isNegated ? 'NotAction' : 'Action';
}

function resourceElement({ resources }: CompiledStatement['source']): 'Resource' | 'NotResource' {
  return resources?.isNegated ? 'NotResource' : 'Resource';
}

/** The deciding one, then what matched, then what missed by least. */
function byWeight(one: StatementTrace, other: StatementTrace): number {
  return Number(other.isDeciding) - Number(one.isDeciding) || one.failures.length - other.failures.length;
}
