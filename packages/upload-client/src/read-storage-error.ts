/** S3's own words for a refusal. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export interface StorageErrorAnswer {
  /** S3's name of it; empty where the answer isn't one of S3's, or has no body. */
  code: string;
  /** It was about the key that storage encrypts with. */
  isOfKey: boolean;
  /** The URL was good until some time ago. */
  isExpired: boolean;
}

export function readStorageError(text: string): StorageErrorAnswer {
  const code = /<Error>[\s\S]*?<Code>([\w.]{1,64})<\/Code>/.exec(text)?.[1] ?? '';
  const message = /<Message>([^<]{0,2000})<\/Message>/.exec(text)?.[1] ?? '';
  const isDenied = code === 'AccessDenied';
  return {
    code,
    // Of a key that may not be used S3 says AccessDenied; the action stands in the sentence in IAM's own spelling.
    isOfKey: code.startsWith('KMS.') || (isDenied && /\bkms:[A-Z]/.test(message)),
    isExpired: isDenied && /<Expires>|<X-Amz-Expires>/.test(text),
  };
}
