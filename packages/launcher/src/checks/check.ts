/** How one check of `npm test` ended. */
export interface CheckResult {
  name: string;
  passed: number;
  failed: number;
  seconds: number;
  /** Printed where something failed. */
  output: string;
}

export interface Check {
  name: string;
  run(): Promise<CheckResult>;
}
