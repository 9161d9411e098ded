import { readFile } from 'node:fs/promises';

/** The base key that a role's environment points at, as an SDK would read it. */
export async function readRoleProfile(
  environment: Record<string, string>,
): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const text = await readFile(environment['AWS_SHARED_CREDENTIALS_FILE'] ?? '', 'utf8');
  const value = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(text)?.[1] ?? '';
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}
