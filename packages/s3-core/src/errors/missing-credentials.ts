const pair = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'] as const;

/** The half of a key pair that an environment lacks, by name; undefined where it has both or neither. */
export function missingCredentials(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const missing = pair.filter((name) => !environment[name]);
  return missing.length === 1 ? missing[0] : undefined;
}
