import { type Application, buildApplication as build, buildRouteMap, help, version } from '@stricli/core';
import type { Locale } from '@hikyaku/types';
import packageJson from '../package.json' with { type: 'json' };
import { catCommand } from './commands/cat/cat-command.ts';
import { completionCommand } from './commands/completion/completion-command.ts';
import { cpCommand } from './commands/cp/cp-command.ts';
import { doctorCommand } from './commands/doctor/doctor-command.ts';
import { getCommand } from './commands/get/get-command.ts';
import { loginCommand } from './commands/login/login-command.ts';
import { logoutCommand } from './commands/logout/logout-command.ts';
import { lsCommand } from './commands/ls/ls-command.ts';
import { policyCommands } from './commands/policy/policy-commands.ts';
import { presignCommand } from './commands/presign/presign-command.ts';
import { putCommand } from './commands/put/put-command.ts';
import { receiptCommand } from './commands/receipt/receipt-command.ts';
import { rejectsCommand } from './commands/rejects/rejects-command.ts';
import { sayIn } from './commands/say.ts';
import { statusCommand } from './commands/status/status-command.ts';
import { verifyReceiptCommand } from './commands/verify-receipt/verify-receipt-command.ts';
import { applicationText } from './texts/application-text.ts';
import type { World } from './world.ts';

/** All commands, in one language. What a command does is loaded when it is run: `--help` costs no SDK. */
export function buildApplication(
  locale: Locale,
  failures: { describe: (error: unknown) => string; exitCodeOf: (error: unknown) => number },
): Application<World> {
  const say = sayIn(locale);
  const text = applicationText(locale, failures.describe);
  const root = buildRouteMap({
    routes: {
      put: putCommand(say),
      status: statusCommand(say),
      rejects: rejectsCommand(say),
      receipt: receiptCommand(say),
      verifyReceipt: verifyReceiptCommand(say),
      get: getCommand(say),
      cat: catCommand(say),
      ls: lsCommand(say),
      cp: cpCommand(say),
      presign: presignCommand(say),
      doctor: doctorCommand(say),
      policy: policyCommands(say),
      login: loginCommand(say),
      logout: logoutCommand(say),
      completion: completionCommand(say),
    },
    docs: {
      brief: say({
        ja: 'ファイルを送り、受け取る。S3 を通して、ちょうど1回。',
        en: 'Files over S3: sent, taken in exactly once, fetched right.',
      }),
      fullDescription: say({
        ja: 'データセットへ送るには AWS の鍵は要りません。s3:// のアドレスには、AWS CLI と同じ認証情報を使います。\n--lang ja|en はどこにでも付けられます。終了コードなどの全体は docs/cli.md にあります。',
        en: 'Sending to a dataset needs no AWS keys; s3:// addresses use the credentials that the AWS CLI uses.\n--lang ja|en may stand anywhere. Exit codes and all the rest are in docs/cli.md.',
      }),
    },
  });
  return build(
    root,
    {
      name: 'hikyaku',
      scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
      localization: { defaultLocale: locale, loadText: () => text },
      determineExitCode: failures.exitCodeOf,
    },
    {
      help: help({
        brief: say({ ja: '使い方を表示する', en: 'Show how it is used' }),
        defaultForRouteMap: true,
        formatting: { caseStyle: 'convert-camel-to-kebab', useAliasInUsageLine: false, onlyRequiredInUsageLine: true },
      }),
      version: version({
        brief: say({ ja: 'バージョンを表示する', en: 'Show the version' }),
        info: { currentVersion: packageJson.version },
      }),
    },
  );
}
