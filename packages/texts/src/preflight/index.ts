// A door of its own: a browser needs these words only when something was found, and not with its first page.
export { describePreflightFinding, describePreflightHint } from './describe-preflight.ts';
export { encodingText } from './encoding-text.ts';
export type { PreflightFindingText } from './preflight-texts.ts';
