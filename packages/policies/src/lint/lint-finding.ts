import type { Finding, GrammarFinding, Severity } from '../policy/finding.ts';

const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const elements = `${iam}/reference_policies_elements`;
const page = (title: string, url: string) => ({ title, url });

const grammar = page('Grammar of the IAM JSON policy language', `${iam}/reference_policies_grammar.html`);
const principal = page('AWS JSON policy elements: Principal', `${elements}_principal.html`);
const notPrincipal = page('AWS JSON policy elements: NotPrincipal', `${elements}_notprincipal.html`);
const action = page('IAM JSON policy elements: Action', `${elements}_action.html`);
const notAction = page('IAM JSON policy elements: NotAction', `${elements}_notaction.html`);
const resource = page('IAM JSON policy elements: Resource', `${elements}_resource.html`);
const notResource = page('IAM JSON policy elements: NotResource', `${elements}_notresource.html`);
const operators = page('IAM JSON policy elements: Condition operators', `${elements}_condition_operators.html`);
const sets = page(
  'Single-valued vs. multivalued context keys',
  `${iam}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
);
const keys = page('AWS global condition context keys', `${iam}/reference_policies_condition-keys.html`);
const variables = page('IAM policy elements: Variables and tags', `${iam}/reference_policies_variables.html`);
const version = page('IAM JSON policy elements: Version', `${elements}_version.html`);
const reference = page(
  'Actions, resources, and condition keys for AWS services',
  'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
);
const practices = page('Security best practices in IAM', `${iam}/best-practices.html`);
const deputy = page('The confused deputy problem', `${iam}/confused-deputy.html`);
const endpoint = page(
  'Control access to VPC endpoints using endpoint policies',
  'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
);

/** How grave each finding is, and AWS's page on it. */
export const lintRules = {
  'old-version': { severity: 'warning', page: version },
  'variable-in-old-version': { severity: 'error', page: variables },
  'variable-without-effect': { severity: 'error', page: variables },
  'principal-missing': { severity: 'error', page: principal },
  'principal-not-allowed': { severity: 'error', page: principal },
  'principal-malformed': { severity: 'error', page: principal },
  'principal-with-wildcard': { severity: 'error', page: principal },
  'public-principal': { severity: 'security', page: principal },
  'user-with-long-lived-keys': { severity: 'warning', page: practices },
  'confused-deputy': { severity: 'security', page: deputy },
  'account-means-root': { severity: 'error', page: endpoint },
  'not-principal-with-allow': { severity: 'security', page: notPrincipal },
  'not-principal-without-account': { severity: 'warning', page: notPrincipal },
  'resource-missing': { severity: 'error', page: resource },
  'resource-not-allowed': { severity: 'error', page: grammar },
  'malformed-arn': { severity: 'error', page: resource },
  'wrong-resource-for-action': { severity: 'error', page: reference },
  'action-needs-every-resource': { severity: 'error', page: reference },
  'every-resource': { severity: 'warning', page: practices },
  'not-resource-with-allow': { severity: 'security', page: notResource },
  'malformed-action': { severity: 'error', page: action },
  'unknown-action': { severity: 'error', page: reference },
  'action-of-other-service': { severity: 'error', page: reference },
  'every-action': { severity: 'security', page: practices },
  'every-action-of-service': { severity: 'warning', page: practices },
  'not-action-with-allow': { severity: 'security', page: notAction },
  'unknown-condition-key': { severity: 'error', page: reference },
  'key-never-present': { severity: 'error', page: reference },
  'wrong-operator-for-key': { severity: 'error', page: operators },
  'wildcard-without-like': { severity: 'warning', page: operators },
  'set-operator-missing': { severity: 'error', page: sets },
  'set-operator-on-single-value': { severity: 'warning', page: sets },
  'for-all-values-with-allow': { severity: 'security', page: sets },
  'private-source-ip': { severity: 'error', page: keys },
  'invalid-sid': { severity: 'error', page: grammar },
  'duplicate-sid': { severity: 'error', page: grammar },
  'duplicate-statement': { severity: 'suggestion', page: grammar },
} as const satisfies Record<string, { severity: Severity; page: { title: string; url: string } }>;

export type LintFindingId = keyof typeof lintRules;
export type LintFinding = Finding<LintFindingId>;

/** AWS's page on what was found; what keeps a text from being a policy has none. */
export function pageOf({ id }: LintFinding | GrammarFinding): { title: string; url: string } | undefined {
  return isLintFindingId(id) ? lintRules[id].page : undefined;
}

function isLintFindingId(id: string): id is LintFindingId {
  return Object.hasOwn(lintRules, id);
}
