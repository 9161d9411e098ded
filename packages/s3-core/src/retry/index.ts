export { retry, type RetryOptions } from './retry.ts';
export { createRetryBudget, type RetryBudget } from './retry-budget.ts';
export { retryDelayMilliseconds } from './retry-delay.ts';
