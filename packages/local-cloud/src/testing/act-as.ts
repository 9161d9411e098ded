const before = new Map<string, string | undefined>();

/**
 * Has the SDK's default chain find these variables, as in a deployment.
 *
 * @returns what ends it: the next file of tests may run in this process too
 */
export function actAs(environment: Readonly<Record<string, string>>): () => void {
  for (const [name, value] of Object.entries(environment)) {
    if (!before.has(name)) before.set(name, process.env[name]);
    process.env[name] = value;
  }
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    before.clear();
  };
}
