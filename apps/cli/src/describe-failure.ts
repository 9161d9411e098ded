import { describeError, describeStorageError } from '@hikyaku/texts';
import { HikyakuError, type Locale, storageErrorCode } from '@hikyaku/types';
import { CommandFailure } from './command-failure.ts';
import { describeCommandFailure } from './describe-command-failure.ts';
import { Stopped } from './exit-code.ts';
import { printable } from './output/printable.ts';

const stopped = { ja: '中止しました。', en: 'Stopped.' };
const unexpected = {
  ja: '予期しないエラーで終了しました。',
  en: 'It ended by something nobody expected.',
};

/** Where it went wrong: in storage itself, or in what Hikyaku's server does for us. Some codes are of both. */
export type Whereabouts = 'storage' | 'server';

/** What went wrong in words, a sentence or two a line; never a secret, nothing a terminal would obey. */
export function describeFailure(error: unknown, locale: Locale, where: Whereabouts = 'server'): string[] {
  if (error instanceof CommandFailure) return describeCommandFailure(error, locale);
  if (error instanceof Stopped) return [stopped[locale]];
  const lines =
    error instanceof HikyakuError
      ? linesOf(error, locale, where)
      : [unexpected[locale], error instanceof Error ? error.message : String(error)];
  return lines.filter((line) => line !== '').map(printable);
}

function linesOf(error: HikyakuError, locale: Locale, where: Whereabouts): string[] {
  const ofStorage = where === 'storage' ? storageErrorCode.safeParse(error.code).data : undefined;
  const { whatHappened, whatBecameOfFile, whatToDo } = ofStorage
    ? describeStorageError({ code: ofStorage, details: error.details }, locale)
    : describeError(error, locale);
  return [whatHappened, whatBecameOfFile ?? '', whatToDo, reference(error)];
}

/** What a help desk asks for. */
function reference({ details }: HikyakuError): string {
  const { awsCode, requestId, referenceId } = details;
  const told = [awsCode, requestId ?? referenceId].filter((value) => value !== undefined && value !== '');
  return told.length > 0 ? `[${told.join(' ')}]` : '';
}
