/** What a request says of itself, by condition key in lower case. A key without values is absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A variable takes single values only. */
export function singleValue(context: RequestContext, key: string): string | undefined {
  const values = context.get(key);
  return values?.length === 1 ? values[0] : undefined;
}
