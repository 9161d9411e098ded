export type { AccessPolicies, BucketSettings, KeyGrant, NamedPolicy } from './evaluate/access-policies.ts';
export type { AccessRequest, RequestPrincipal } from './evaluate/access-request.ts';
export { apiRolePolicy } from './api-role-policy.ts';
export { assumeRoleTrustPolicy } from './assume-role-trust-policy.ts';
export { ingestWorkerRolePolicy } from './ingest-worker-role-policy.ts';
export { incomingPrefix, type PolicyDocument, type Principal, type Statement } from './policy-document.ts';
export { compileAccess, type CompiledAccess } from './evaluate/compile-access.ts';
export { decide } from './evaluate/decide.ts';
export { keyRequestsOf, type ObjectKey } from './evaluate/key-requests-of.ts';
export { principalOf } from './evaluate/principal-of.ts';
export type { AllowReason, Decision, ImplicitDenyReason, StatementReference } from './evaluate/decision.ts';
export { type PolicyLayer, policyLayers } from './evaluate/layer.ts';
export type { SourcePosition } from './json/source-position.ts';
export {
  type Finding,
  type GrammarFinding,
  type GrammarFindingId,
  grammarFindingIds,
  isGrave,
  type Severity,
} from './policy/finding.ts';
export { type ParsedPolicy, parsePolicy, policyFrom } from './policy/parse-policy.ts';
export type { Policy, PolicyStatement } from './policy/policy.ts';
export { type Change, type ChangeStep, type ChangeWarning, changeWarnings } from './explain/change.ts';
export { explain } from './explain/explain.ts';
export type { Explanation, StatementFailure, StatementTrace } from './explain/explanation.ts';
export { describeExplanation, type ExplanationText, renderExplanation } from './texts/describe-explanation.ts';
export { type AccessDeniedMessage, parseAccessDeniedMessage } from './explain/access-denied-message.ts';
export type { DeniedRequest } from './explain/denied-request.ts';
export { type Denial, whyDenied } from './explain/why-denied.ts';
export { type DenialText, describeDenial, renderDenial } from './texts/describe-denial.ts';
export { type AccessChange, type AccessDiff, diffAccess, type DiffOptions } from './diff/diff-access.ts';
export { describeDiff, type DiffText, renderDiff } from './texts/describe-diff.ts';
export {
  type PolicyFile,
  type PolicyReport,
  reportBudget,
  reportDiff,
  reportExplanation,
  reportLeastPrivilege,
  reportLint,
  reportSimulation,
} from './report/policy-reports.ts';
export { type ParsedScenario, parseScenario, type Scenario, type ScenarioFault } from './report/scenario.ts';
export { simulate } from './report/simulate.ts';
export { describeInputFault } from './texts/input-fault-texts.ts';
export { principalName } from './texts/principal-name.ts';
export { renderFindings } from './texts/render-findings.ts';
export { type Language, languages } from './texts/language.ts';
export { lint } from './lint/lint.ts';
export { type LintFinding, type LintFindingId, lintRules, pageOf } from './lint/lint-finding.ts';
export { type PolicyKind, policyKinds } from './lint/policy-kind.ts';
export { describeFinding } from './texts/describe-finding.ts';
export type { FindingText } from './texts/finding-texts.ts';
export { parseIpRange } from './conditions/ip-range.ts';
export { type AnyPolicyDocument, documentOf } from './policy/document-of.ts';
export { merge } from './size/merge.ts';
export { minify } from './size/minify.ts';
export { budget, type PolicyBudget, type PolicyQuota, policyQuotas } from './size/policy-budget.ts';
export type { DeclaredOperation } from './privilege/declared-operation.ts';
export { leastPrivilege, type LeastPrivilege } from './privilege/least-privilege.ts';
export { type OperationFault, type ParsedOperations, parseOperations } from './privilege/parse-operations.ts';
export {
  bucketPolicy,
  endpointPolicy,
  identityPolicy,
  type IdentityStatement,
  keyPolicy,
  queuePolicy,
  type ResourceStatement,
  trustPolicy,
  type TrustStatement,
} from './build/build-policy.ts';
export { denyOutside, grantRole, requireKmsKey, requireTls } from './presets/bucket-presets.ts';
export {
  type BucketPart,
  logsOnly,
  onPremisesWorker,
  readOnly,
  readTagged,
  trustService,
  uploadOnly,
} from './presets/identity-presets.ts';
export { withinTime } from './presets/within-time.ts';
export type { Attachment } from './outputs/attachment.ts';
export { ec2ReaderTemplate, type Ec2ReaderOptions } from './outputs/ec2-reader-template.ts';
export { toCdk } from './outputs/to-cdk.ts';
export {
  type CloudFormationResource,
  type CloudFormationTemplate,
  toCloudFormation,
} from './outputs/to-cloud-formation.ts';
export { toJson } from './outputs/to-json.ts';
export { toTerraform } from './outputs/to-terraform.ts';
