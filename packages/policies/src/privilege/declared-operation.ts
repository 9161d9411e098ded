/** What a program does, in words of its trade; the actions it needs for that follow from it. */
export type DeclaredOperation =
  | { does: 'read-objects'; bucket: string; prefix: string; versions?: boolean }
  /** Single and multipart uploads, and giving up of the latter. */
  | { does: 'upload-objects'; bucket: string; prefix: string }
  | { does: 'delete-objects'; bucket: string; prefix: string }
  /** Lists what begins with the prefix and nothing else. */
  | { does: 'list-objects'; bucket: string; prefix: string; versions?: boolean }
  | { does: 'read-object-tags'; bucket: string; prefix: string }
  /** Long polling, heartbeats and deleting of what was worked off. */
  | { does: 'receive-messages'; queueArn: string }
  | { does: 'send-messages'; queueArn: string }
  /** What SSE-KMS asks of readers. */
  | { does: 'decrypt'; keyArn: string }
  /** What SSE-KMS asks of writers; a multipart upload decrypts too. */
  | { does: 'encrypt'; keyArn: string }
  | { does: 'write-logs'; logGroupArn: string };
