import {
  type ApplicationText,
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
} from '@stricli/core';
import type { Locale } from '@hikyaku/types';
import { CommandFailure } from '../command-failure.ts';

/** Says what a command failed with. */
type Describe = (error: unknown) => string;

/** The parser's own words in both languages; where a value itself says what is wrong with it, its words. */
export function applicationText(locale: Locale, describe: Describe): ApplicationText {
  const ours = {
    exceptionWhileRunningCommand: describe,
    exceptionWhileLoadingCommandFunction: describe,
    exceptionWhileLoadingCommandContext: describe,
    commandErrorResult: describe,
  };
  const english: ApplicationText = {
    ...text_en,
    ...ours,
    exceptionWhileParsingArguments: (error) => parsingText(error, describe, {}),
  };
  return locale === 'en' ? english : { ...english, ...japanese(describe) };
}

function japanese(describe: Describe): Partial<ApplicationText> {
  return {
    headers: { usage: '使い方', aliases: '別名', commands: 'コマンド', flags: 'オプション', arguments: '引数' },
    keywords: { default: '既定 =', separator: '区切り =' },
    briefs: {
      help: '使い方を表示する',
      helpAll: '隠れたものも含めて、使い方を表示する',
      version: 'バージョンを表示する',
      argumentEscapeSequence: 'これより後を、すべて引数とみなす',
    },
    noCommandRegisteredForInput: ({ input, corrections }) =>
      `『${input}』というコマンドはありません。${corrections.length > 0 ? `もしかして：${corrections.join('、')}` : ''}`,
    exceptionWhileParsingArguments: (error) =>
      parsingText(error, describe, {
        FlagNotFoundError: ({ input, corrections }) =>
          `--${input} というオプションはありません。${corrections.length > 0 ? `もしかして：${corrections.map((name) => `--${name}`).join('、')}` : ''}`,
        AliasNotFoundError: ({ input }) => `-${input} というオプションはありません。`,
        UnexpectedFlagError: ({ externalFlagName }) => `--${externalFlagName} は、ひとつだけ指定できます。`,
        UnsatisfiedFlagError: ({ externalFlagName }) => `--${externalFlagName} に値がありません。`,
        UnexpectedPositionalError: ({ input }) => `引数『${input}』は余分です。`,
        UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder} がありません。`,
        EnumValidationError: ({ input, values }) => `『${input}』は ${values.join('、')} のどれでもありません。`,
        ArgumentParseError: ({ externalFlagNameOrPlaceholder, input }) =>
          `${externalFlagNameOrPlaceholder} の『${input}』が正しくありません。`,
        InvalidNegatedFlagSyntaxError: ({ externalFlagName }) => `--${externalFlagName} に値は指定できません。`,
      }),
  };
}

function parsingText(
  error: unknown,
  describe: Describe,
  words: Parameters<typeof formatMessageForArgumentScannerError>[1],
): string {
  if (!(error instanceof ArgumentScannerError)) return describe(error);
  const cause = 'exception' in error ? error.exception : undefined;
  return cause instanceof CommandFailure ? describe(cause) : formatMessageForArgumentScannerError(error, words);
}
