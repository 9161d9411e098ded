/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const bucketPattern = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
export const roleArnPattern = /^arn:[a-z-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/;
/** Of a key, and of no alias: policies take those for no key. */
export const keyArnPattern = /^arn:[a-z-]+:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;
export const queueArnPattern = /^arn:[a-z-]+:sqs:[a-z0-9-]+:\d{12}:[\w-]{1,80}(\.fifo)?$/;
export const endpointIdPattern = /^vpce-[0-9a-f]+$/;

/** The fault of what is filled in and doesn't fit. */
export function misfit<Fault extends string>(text: string, pattern: RegExp, fault: Fault): Fault | undefined {
  return text.trim() === '' || pattern.test(text.trim()) ? undefined : fault;
}
