/** Signed as a header, never hoisted into the query: what is sent has to say it, so that S3 compares it with the body. */
export const checksumHeader = 'x-amz-checksum-sha256';
