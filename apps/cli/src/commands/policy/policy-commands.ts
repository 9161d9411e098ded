import { buildCommand, buildRouteMap } from '@stricli/core';
import { valueFlag } from '../../arguments/flags.ts';
import { parseText } from '../../arguments/parse-values.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import type { DiffFlags, KindFlags, QuotaFlags } from './run-policy.ts';

const load = () => import('./run-policy.ts');

/** AWS policies, offline: nothing of it needs credentials or a network. */
export const policyCommands = (say: Say) =>
  buildRouteMap({
    routes: {
      lint: lintCommand(say),
      evaluate: evaluateCommand(say),
      explain: explainCommand(say),
      budget: budgetCommand(say),
      diff: diffCommand(say),
      build: buildPolicyCommand(say),
    },
    docs: {
      brief: say({
        ja: 'AWS のポリシーを調べ、試し、作る（通信なし）',
        en: 'Check, try out and make AWS policies, offline',
      }),
      fullDescription: say({
        ja: 'ファイルの代わりに - を指定すると、標準入力から読みます。指摘や拒否があれば、終了コードは 1 です。',
        en: "Where a FILE is asked for, '-' is standard input. A finding, a denial or a difference ends with 1.",
      }),
    },
  });

const lintCommand = (say: Say) =>
  buildCommand<KindFlags, string[], World>({
    loader: loading(async () => (await load()).runLint),
    parameters: { positional: files(say), flags: { kind: kindFlag(say) } },
    docs: {
      brief: say({
        ja: '誤り、効かない文、広すぎる許可を見つける',
        en: 'Find what is wrong, has no effect, or opens too much',
      }),
    },
  });

const evaluateCommand = (say: Say) =>
  buildCommand<object, [string], World>({
    loader: loading(async () => (await load()).runEvaluate),
    parameters: { positional: scenario(say), flags: {} },
    docs: {
      brief: say({ ja: '誰が何にどの操作をできるかを一覧にする', en: 'Tell who may do what to what, a line each' }),
    },
  });

const explainCommand = (say: Say) =>
  buildCommand<object, [string], World>({
    loader: loading(async () => (await load()).runExplain),
    parameters: { positional: scenario(say), flags: {} },
    docs: {
      brief: say({
        ja: '許可や拒否の理由を、文ごとに説明する',
        en: 'Say why a request is allowed or denied, statement by statement',
      }),
    },
  });

const budgetCommand = (say: Say) =>
  buildCommand<QuotaFlags, string[], World>({
    loader: loading(async () => (await load()).runBudget),
    parameters: {
      positional: files(say),
      flags: {
        quota: valueFlag(
          say({
            ja: 'どの上限か：managed（既定）、role-inline、user-inline、group-inline、trust、bucket、queue、key、endpoint、scp、rcp、session',
            en: 'Which limit: managed (default), role-inline, user-inline, group-inline, trust, bucket, queue, key, endpoint, scp, rcp, session',
          }),
          'QUOTA',
          parseText,
        ),
      },
    },
    docs: {
      brief: say({
        ja: '上限までの残りを見る。まとめるとどうなるかも',
        en: 'Say what is left of AWS’s limit, and what merging would save',
      }),
    },
  });

const diffCommand = (say: Say) =>
  buildCommand<DiffFlags, [string, string], World>({
    loader: loading(async () => (await load()).runDiff),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: say({ ja: '前のポリシー', en: 'The policy as it was' }), parse: parseText, placeholder: 'BEFORE' },
          {
            brief: say({ ja: '後のポリシー', en: 'The policy as it is to be' }),
            parse: parseText,
            placeholder: 'AFTER',
          },
        ],
      },
      flags: {
        kind: kindFlag(say),
        account: valueFlag(
          say({
            ja: 'リソースのアカウント（既定は、最初のARNにあるもの）',
            en: 'The account of the resource (default: the one that the first ARN names)',
          }),
          'ACCOUNT_ID',
          parseText,
        ),
      },
    },
    docs: {
      brief: say({
        ja: '2つの版で、誰が権限を得て、誰が失うか',
        en: 'Who gains and who loses access between two versions',
      }),
    },
  });

const buildPolicyCommand = (say: Say) =>
  buildCommand<object, [string], World>({
    loader: loading(async () => (await load()).runBuild),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          {
            brief: say({ ja: '必要な操作のJSON', en: 'The operations that are needed, as JSON' }),
            parse: parseText,
            placeholder: 'OPERATIONS',
          },
        ],
      },
      flags: {},
    },
    docs: {
      brief: say({
        ja: '必要な操作から、最小のポリシーを作る',
        en: 'Make the smallest policy for the operations that are needed',
      }),
    },
  });

const files = (say: Say) =>
  ({
    kind: 'array',
    minimum: 1,
    parameter: { brief: say({ ja: 'ポリシーのJSON', en: 'Policies as JSON' }), parse: parseText, placeholder: 'FILE' },
  }) as const;

const scenario = (say: Say) =>
  ({
    kind: 'tuple',
    parameters: [
      {
        brief: say({
          ja: 'ポリシーと要求のJSON（docs/policies.md）',
          en: 'Policies and requests as JSON (docs/policies.md)',
        }),
        parse: parseText,
        placeholder: 'SCENARIO',
      },
    ],
  }) as const;

const kindFlag = (say: Say) =>
  valueFlag(
    say({
      ja: '何に付けるか：identity（既定）、bucket、key、queue、trust、boundary、session、scp、rcp、endpoint',
      en: 'What it is attached to: identity (default), bucket, key, queue, trust, boundary, session, scp, rcp, endpoint',
    }),
    'KIND',
    parseText,
  );
