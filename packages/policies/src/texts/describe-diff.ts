import type { AccessChange, AccessDiff } from '../diff/diff-access.ts';
import type { Language } from './language.ts';
import { principalName } from './principal-name.ts';

/** Who gains and who loses, each as a line of its own. */
export interface DiffText {
  summary: string;
  gained: readonly string[];
  lost: readonly string[];
}

/** So many actions are named; of more their number is told. */
const maxNamed = 6;
const maxRequestsNamed = 3;

export function describeDiff(diff: AccessDiff, language: Language): DiffText {
  const texts = diffTexts[language];
  const line = (change: AccessChange) => describeChange(change, language);
  const isSame = diff.gained.length === 0 && diff.lost.length === 0;
  const summary = isSame ? texts.same(diff.asked) : texts.differs(diff.asked);
  return {
    summary: diff.isComplete ? summary : `${summary}${texts.incomplete}`,
    gained: diff.gained.map(line),
    lost: diff.lost.map(line),
  };
}

/** The same as one text, with `+` before what is gained and `-` before what is lost. */
export function renderDiff(diff: AccessDiff, language: Language): string {
  const { summary, gained, lost } = describeDiff(diff, language);
  return [summary, ...gained.map((line) => `+ ${line}`), ...lost.map((line) => `- ${line}`)].join('\n');
}

function describeChange({ principal, as, actions, resource, when }: AccessChange, language: Language): string {
  const texts = diffTexts[language];
  const who = texts.who[as](principal.canonicalUserId ?? principalName(principal, language));
  const named = actions.slice(0, maxNamed).join(', ');
  const more = actions.length > maxNamed ? texts.more(actions.length - maxNamed) : '';
  const line = texts.change(who, `${named}${more}`, resource);
  if (!when) return line;
  const requests = when.slice(0, maxRequestsNamed).map((context) => describeContext(context, language));
  const others = when.length > maxRequestsNamed ? texts.moreRequests(when.length - maxRequestsNamed) : '';
  return `${line}${texts.when(`${requests.join(texts.or)}${others}`)}`;
}

function describeContext(context: Readonly<Record<string, string | readonly string[]>>, language: Language): string {
  const entries = Object.entries(context);
  if (entries.length === 0) return diffTexts[language].withoutMore;
  return entries
    .map(([key, value]) =>
      [value].flat().length === 0 ? diffTexts[language].without(key) : `${key}=${[value].flat().join('|')}`,
    )
    .join(', ');
}

interface DiffTexts {
  same: (asked: number) => string;
  differs: (asked: number) => string;
  incomplete: string;
  who: Record<AccessChange['as'], (name: string) => string>;
  change: (who: string, actions: string, resource: string) => string;
  more: (count: number) => string;
  when: (requests: string) => string;
  or: string;
  moreRequests: (count: number) => string;
  withoutMore: string;
  without: (key: string) => string;
}

const diffTexts: Record<Language, DiffTexts> = {
  ja: {
    same: (asked) =>
      `変わりません。2つの版に書かれたものから作った${asked.toLocaleString('ja')}件の要求は、どちらでも同じ結果です。`,
    differs: (asked) =>
      `${asked.toLocaleString('ja')}件の要求を両方の版で評価し、結果が変わるものを示します（+は新たに許可、-は許可されなくなる）。`,
    incomplete: '要求が多いため、途中までです。',
    who: {
      subject: (name) => name,
      named: (name) => name,
      insider: (name) => `同じアカウントで、自身のポリシーがすべてを許可するロール（例：${name}）`,
      outsider: (name) => `別のアカウントで、自身のポリシーがすべてを許可するプリンシパル（例：${name}）`,
      anonymous: (name) => name,
    },
    change: (who, actions, resource) => `${who}：${resource}への${actions}`,
    more: (count) => `ほか${count}件`,
    when: (requests) => `（${requests}のとき）`,
    or: '、または',
    moreRequests: (count) => `、ほか${count}とおり`,
    withoutMore: 'ほかの条件がない',
    without: (key) => `${key}の値がない`,
  },
  en: {
    same: (asked) =>
      `Nothing changes: ${asked.toLocaleString('en')} requests made from what the two versions name come to the same answer in both.`,
    differs: (asked) =>
      `Of ${asked.toLocaleString('en')} requests that were asked of both versions these are answered differently (+ now allowed, - no longer).`,
    incomplete: ' There was more to ask than this.',
    who: {
      subject: (name) => name,
      named: (name) => name,
      insider: (name) => `a role of the same account whose own policies allow everything (such as ${name})`,
      outsider: (name) => `a principal of another account whose own policies allow everything (such as ${name})`,
      anonymous: (name) => name,
    },
    change: (who, actions, resource) => `${who}: ${actions} on ${resource}`,
    more: (count) => ` and ${count} more`,
    when: (requests) => ` (where ${requests})`,
    or: ', or ',
    moreRequests: (count) => `, and ${count} more ways`,
    withoutMore: 'nothing more is said',
    without: (key) => `nothing is said of ${key}`,
  },
};
