const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';
const s3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide';
const organizations = 'https://docs.aws.amazon.com/organizations/latest/userguide';

/** The pages that the cases quote, by their titles. */
export const pages = {
  'Policy evaluation logic': `${iam}/reference_policies_evaluation-logic.html`,
  'How AWS enforcement code logic evaluates requests': `${iam}/reference_policies_evaluation-logic_policy-eval-denyallow.html`,
  'Cross-account policy evaluation logic': `${iam}/reference_policies_evaluation-logic-cross-account.html`,
  'The difference between explicit and implicit denies': `${iam}/reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html`,
  'IAM JSON policy elements: Action': `${iam}/reference_policies_elements_action.html`,
  'IAM JSON policy elements: NotAction': `${iam}/reference_policies_elements_notaction.html`,
  'IAM JSON policy elements: Resource': `${iam}/reference_policies_elements_resource.html`,
  'IAM JSON policy elements: NotResource': `${iam}/reference_policies_elements_notresource.html`,
  'AWS JSON policy elements: Principal': `${iam}/reference_policies_elements_principal.html`,
  'AWS JSON policy elements: NotPrincipal': `${iam}/reference_policies_elements_notprincipal.html`,
  'IAM JSON policy elements: Condition': `${iam}/reference_policies_elements_condition.html`,
  'IAM JSON policy elements: Condition operators': `${iam}/reference_policies_elements_condition_operators.html`,
  'Conditions with multiple context keys or values': `${iam}/reference_policies_condition-logic-multiple-context-keys-or-values.html`,
  'Single-valued vs. multivalued context keys': `${iam}/reference_policies_condition-single-vs-multi-valued-context-keys.html`,
  'IAM policy elements: Variables and tags': `${iam}/reference_policies_variables.html`,
  'Service control policies (SCPs)': `${organizations}/orgs_manage_policies_scps.html`,
  'SCP evaluation': `${organizations}/orgs_manage_policies_scps_evaluation.html`,
  'Resource control policies (RCPs)': `${organizations}/orgs_manage_policies_rcps.html`,
  'Control access to VPC endpoints using endpoint policies':
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  'Key policies in AWS KMS': 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
  'Default key policy': 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html',
  'Allowing users in other accounts to use a KMS key':
    'https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html',
  'Grants in AWS KMS': 'https://docs.aws.amazon.com/kms/latest/developerguide/grants.html',
  CreateGrant: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
  'AWS KMS condition keys': 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html',
  'Blocking public access to your Amazon S3 storage': `${s3}/access-control-block-public-access.html`,
  'Controlling ownership of objects and disabling ACLs': `${s3}/about-object-ownership.html`,
  'Bucket owner granting cross-account permission to objects it does not own': `${s3}/example-walkthroughs-managing-access-example4.html`,
  'Examples of Amazon S3 bucket policies': `${s3}/example-bucket-policies.html`,
  'Actions, resources, and condition keys for Amazon S3':
    'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
} as const;
export type PageName = keyof typeof pages;
