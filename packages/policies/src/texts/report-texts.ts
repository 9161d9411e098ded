import type { Decision } from '../evaluate/decision.ts';
import type { Severity } from '../policy/finding.ts';
import type { PolicyBudget } from '../size/policy-budget.ts';
import type { Language } from './language.ts';

interface ReportTexts {
  severities: Record<Severity, string>;
  decisions: Record<Decision['outcome'], string>;
  nothingFound: string;
  nothingAsked: string;
  budget: (budget: PolicyBudget) => string;
  budgetMerged: (budget: PolicyBudget) => string;
}

export const reportTexts: Record<Language, ReportTexts> = {
  ja: {
    severities: { error: 'エラー', security: 'セキュリティ', warning: '警告', suggestion: '提案' },
    decisions: { Allowed: '許可', ExplicitlyDenied: '明示的な拒否', ImplicitlyDenied: '許可なし' },
    nothingFound: '指摘はありません。',
    nothingAsked: '評価する要求がありません。principal、action、resourceを書いてください。',
    budget: (budget) =>
      budget.fits
        ? `${sizeJa(budget)}を使い、あと${count(budget.left, 'ja')}${unitJa(budget)}書けます。`
        : `${sizeJa(budget)}で、上限を${count(-budget.left, 'ja')}${unitJa(budget)}超えています。`,
    budgetMerged: (budget) =>
      `同じ意味のままステートメントをまとめると、${count(budget.used, 'ja')}${unitJa(budget)}になります。`,
  },
  en: {
    severities: { error: 'error', security: 'security', warning: 'warning', suggestion: 'suggestion' },
    decisions: { Allowed: 'allowed', ExplicitlyDenied: 'explicitly denied', ImplicitlyDenied: 'not allowed' },
    nothingFound: 'nothing to say against it.',
    nothingAsked: 'There is no request to evaluate. Write principal, action and resource.',
    budget: (budget) =>
      budget.fits
        ? `It takes ${sizeEn(budget)}; ${count(budget.left, 'en')} ${budget.unit} are left.`
        : `It takes ${sizeEn(budget)}: ${count(-budget.left, 'en')} ${budget.unit} too many.`,
    budgetMerged: (budget) =>
      `With its statements merged, meaning the same, it would take ${count(budget.used, 'en')} ${budget.unit}.`,
  },
};

function sizeJa(budget: PolicyBudget): string {
  return `上限${count(budget.limit, 'ja')}${unitJa(budget)}のうち${count(budget.used, 'ja')}${unitJa(budget)}`;
}

function unitJa({ unit }: PolicyBudget): string {
  return unit === 'bytes' ? 'バイト' : '文字';
}

function sizeEn({ used, limit, unit }: PolicyBudget): string {
  return `${count(used, 'en')} of ${count(limit, 'en')} ${unit}`;
}

function count(number: number, language: Language): string {
  return number.toLocaleString(language);
}
