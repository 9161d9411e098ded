/** What AWS's service authorization reference says of the services we use. */
export interface ServiceTable {
  /** Package and version the data is from. */
  source: string;
  /** When that was made, `2026-09-26`. */
  date: string;
  /** `aws:` keys and their types. A name that ends in `/` goes on freely: `aws:PrincipalTag/`. */
  globalKeys: Readonly<Record<string, string>>;
  /** By the prefix of their actions. */
  services: Readonly<Record<string, ServiceEntry>>;
}

export interface ServiceEntry {
  /** Keys that come with every action. */
  everyAction: readonly string[];
  actions: Readonly<Record<string, { resources: readonly string[]; keys: readonly string[] }>>;
  /** ARN templates by resource type. */
  resources: Readonly<Record<string, string>>;
  /** Types by key: `String`, `ArrayOfString`, `Numeric`, `Bool`, `Date`, `ARN`, `IPAddress`. */
  keys: Readonly<Record<string, string>>;
}
