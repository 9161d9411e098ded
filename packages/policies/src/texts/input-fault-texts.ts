import type { OperationFault } from '../privilege/parse-operations.ts';
import type { ScenarioFault } from '../report/scenario.ts';
import { describeFinding } from './describe-finding.ts';
import type { Language } from './language.ts';

/** What keeps a text from being a scenario or a list of operations, and where. */
export function describeInputFault(fault: ScenarioFault | OperationFault, language: Language): string {
  const texts = faultTexts[language];
  if (fault.kind === 'json-syntax') return texts.jsonSyntax;
  if (fault.kind !== 'no-policy') return texts[fault.kind](fault.pointer);
  const problems = fault.findings.map((finding) => {
    const { line } = finding.position;
    const { problem, fix } = describeFinding(finding, language);
    return texts.inPolicy(line, `${problem}${language === 'ja' ? '' : ' '}${fix}`);
  });
  return [texts['no-policy'](fault.pointer), ...problems].join('\n');
}

type FaultKind = Exclude<(ScenarioFault | OperationFault)['kind'], 'json-syntax'>;

interface FaultTexts extends Record<FaultKind, (pointer: string) => string> {
  jsonSyntax: string;
  inPolicy: (line: number, text: string) => string;
}

const faultTexts: Record<Language, FaultTexts> = {
  ja: {
    jsonSyntax: 'JSONとして読めません。カンマ、引用符、かっこの対応を確かめてください。',
    missing: (pointer) => `${pointer}がありません。`,
    'wrong-type': (pointer) => `${pointer || '全体'}に置けない種類の値です。`,
    'unknown-element': (pointer) => `${pointer}という要素はありません。`,
    'unknown-principal': (pointer) =>
      `${pointer}がだれを指すか分かりません。ユーザー、ロール、セッション、アカウントのARN、サービス名、または「*」を書いてください。`,
    'unknown-operation': (pointer) =>
      `${pointer}は、知られている操作ではありません。read-objects、list-objects、upload-objectsなどを書いてください。`,
    'no-policy': (pointer) => `${pointer}はポリシーとして読めません。`,
    inPolicy: (line, text) => `    ${line}行目：${text}`,
  },
  en: {
    jsonSyntax: 'This is not JSON. Look for a comma, quotation mark or bracket that is missing or too many.',
    missing: (pointer) => `${pointer} is missing.`,
    'wrong-type': (pointer) => `A value of this kind cannot stand at ${pointer || 'the top'}.`,
    'unknown-element': (pointer) => `There is no element ${pointer}.`,
    'unknown-principal': (pointer) =>
      `${pointer} names nobody that is known. Write the ARN of a user, role, session or account, the name of a service, or "*".`,
    'unknown-operation': (pointer) =>
      `${pointer} is no operation that is known. Write read-objects, list-objects, upload-objects and their like.`,
    'no-policy': (pointer) => `${pointer} is not a policy.`,
    inPolicy: (line, text) => `    line ${line}: ${text}`,
  },
};
