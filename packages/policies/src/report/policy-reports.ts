import { type DiffOptions, diffAccess } from '../diff/diff-access.ts';
import { lint } from '../lint/lint.ts';
import { toJson } from '../outputs/to-json.ts';
import { leastPrivilege } from '../privilege/least-privilege.ts';
import { parseOperations } from '../privilege/parse-operations.ts';
import type { PolicyKind } from '../lint/policy-kind.ts';
import { allowingEverything } from '../policy/allowing-everything.ts';
import { type GrammarFinding, isGrave } from '../policy/finding.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/policy.ts';
import { merge } from '../size/merge.ts';
import { budget, type PolicyQuota } from '../size/policy-budget.ts';
import { renderDiff } from '../texts/describe-diff.ts';
import { renderExplanation } from '../texts/describe-explanation.ts';
import type { Language } from '../texts/language.ts';
import { renderFindings } from '../texts/render-findings.ts';
import { reportTexts } from '../texts/report-texts.ts';
import { describeInputFault } from '../texts/input-fault-texts.ts';
import { principalName } from '../texts/principal-name.ts';
import { parseScenario, type Scenario } from './scenario.ts';
import { simulate } from './simulate.ts';

/** What a command prints, and how it ends. */
export interface PolicyReport {
  text: string;
  /**
   * `fine`: nothing to say against it. `objection`: what was asked is answered with no (a denial, a finding, too long, a
   * difference). `unusable`: what was given could not be read.
   */
  verdict: 'fine' | 'objection' | 'unusable';
}

/** A file as it is named where it came from, with its text. */
export interface PolicyFile {
  name: string;
  text: string;
}

/** Every finding with its line; an objection where there is an error or something that opens too much. */
export function reportLint(file: PolicyFile, kind: PolicyKind, language: Language): PolicyReport {
  const { policy, findings } = parsePolicy(file.text);
  if (!policy) return { text: renderFindings(file, findings, language), verdict: 'unusable' };
  const found = lint(policy, kind);
  if (found.length === 0) return { text: `${file.name}: ${reportTexts[language].nothingFound}`, verdict: 'fine' };
  return { text: renderFindings(file, found, language), verdict: found.some(isGrave) ? 'objection' : 'fine' };
}

/** What the policies take of their quota together, and what they would take merged. */
export function reportBudget(files: readonly PolicyFile[], quota: PolicyQuota, language: Language): PolicyReport {
  const read = readAll(files, language);
  if ('text' in read) return read;
  const own = budget(read.policies, quota);
  const merged = budget(read.policies.map(merge), quota);
  const texts = reportTexts[language];
  const lines = [texts.budget(own)];
  if (merged.used < own.used) lines.push(texts.budgetMerged(merged));
  return { text: lines.join('\n'), verdict: own.fits ? 'fine' : 'objection' };
}

/** The smallest policy for the operations that a file declares, as JSON and nothing else. */
export function reportLeastPrivilege(file: PolicyFile, language: Language): PolicyReport {
  const { operations, faults } = parseOperations(file.text);
  if (operations) return { text: toJson(leastPrivilege(operations).document).trimEnd(), verdict: 'fine' };
  const lines = faults.map((fault) => `${file.name}: ${describeInputFault(fault, language)}`);
  return { text: lines.join('\n'), verdict: 'unusable' };
}

/** The first request of a scenario, with every statement and the smallest change. */
export function reportExplanation(file: PolicyFile, language: Language): PolicyReport {
  return withScenario(file, language, (scenario) => {
    const [first] = simulate(scenario);
    if (!first) return { text: reportTexts[language].nothingAsked, verdict: 'unusable' };
    const isAllowed = first.decision.outcome === 'Allowed';
    return { text: renderExplanation(first, language), verdict: isAllowed ? 'fine' : 'objection' };
  });
}

/** A line for each request of a scenario; an objection where any is refused. */
export function reportSimulation(file: PolicyFile, language: Language): PolicyReport {
  return withScenario(file, language, (scenario) => {
    const explanations = simulate(scenario);
    const { decisions } = reportTexts[language];
    const lines = explanations.map(({ request, decision }) =>
      [decisions[decision.outcome], principalName(request.principal, language), request.action, request.resource].join(
        '\t',
      ),
    );
    const areAllowed = explanations.every(({ decision }) => decision.outcome === 'Allowed');
    return { text: lines.join('\n'), verdict: areAllowed ? 'fine' : 'objection' };
  });
}

/** Who gains and who loses access between two versions of one policy; an objection where anybody does. */
export function reportDiff(
  versions: { before: PolicyFile; after: PolicyFile },
  kind: PolicyKind,
  options: DiffOptions & { language: Language },
): PolicyReport {
  const { language } = options;
  const read = readAll([versions.before, versions.after], language);
  if ('text' in read) return read;
  const [before, after] = read.policies.map((policy, index) =>
    attached(policy, kind, (index === 0 ? versions.before : versions.after).name),
  );
  if (!before || !after) return { text: '', verdict: 'unusable' };
  const diff = diffAccess(before, after, options);
  const isSame = diff.gained.length === 0 && diff.lost.length === 0;
  return { text: renderDiff(diff, language), verdict: isSame ? 'fine' : 'objection' };
}

/** A policy where its kind is attached; what it limits is taken to allow everything. */
function attached(policy: Policy, kind: PolicyKind, name: string): Parameters<typeof diffAccess>[0] {
  const named = { name, policy };
  const identity = [allowingEverything('everything')];
  switch (kind) {
    case 'identity':
      return { identity: [named] };
    case 'boundary':
      return { identity, permissionsBoundary: named };
    case 'session':
      return { identity, session: [named] };
    case 'scp':
      return { identity, serviceControl: [[named]] };
    case 'rcp':
      return { identity, resourceControl: [[named]] };
    case 'endpoint':
      return { identity, endpoint: { policy: named, type: 'gateway' } };
    default:
      return { resource: named };
  }
}

function withScenario(
  file: PolicyFile,
  language: Language,
  report: (scenario: Scenario) => PolicyReport,
): PolicyReport {
  const { scenario, faults } = parseScenario(file.text);
  if (scenario) return report(scenario);
  const lines = faults.map((fault) => `${file.name}: ${describeInputFault(fault, language)}`);
  return { text: lines.join('\n'), verdict: 'unusable' };
}

function readAll(files: readonly PolicyFile[], language: Language): { policies: Policy[] } | PolicyReport {
  const policies: Policy[] = [];
  const unread: string[] = [];
  for (const file of files) {
    const { policy, findings } = parsePolicy(file.text);
    if (policy) policies.push(policy);
    else unread.push(renderFindings(file, findings satisfies readonly GrammarFinding[], language));
  }
  return unread.length === 0 ? { policies } : { text: unread.join('\n'), verdict: 'unusable' };
}
