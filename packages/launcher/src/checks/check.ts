/** How one check of `npm test` ended. */
export interface CheckResult {
  name: string;
  passed: number;
  failed: number;
  seconds: number;
  /** Figures, printed whatever the outcome. */
  measured?: string[];
  /** Printed where something failed. */
  output: string;
}

export interface Check {
  name: string;
  run(): Promise<CheckResult>;
}
