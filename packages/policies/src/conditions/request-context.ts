/** What a request says of itself, by condition key in lower case. A key without values is absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** The keys of which a request says something. */
export function keysIn(context: RequestContext): string[] {
  return [...context].flatMap(([key, values]) => (values.length > 0 ? key : []));
}

/** A variable takes single values only. */
export function singleValue(context: RequestContext, key: string): string | undefined {
  const values = context.get(key);
  return values?.length === 1 ? values[0] : undefined;
}
