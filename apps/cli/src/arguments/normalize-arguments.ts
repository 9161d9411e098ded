/** Waits this long where `--wait` says nothing. */
const usualWaitSeconds = 600;

/**
 * What the parser can't do by itself: `--lang` stands anywhere; the number behind `--wait` may be left out, so that only digits
 * count as it and `--wait cities.csv` names a file; `help` and `version` are words for flags.
 */
export function normalizeArguments(given: readonly string[]): { inputs: string[]; language: string | undefined } {
  const { inputs, language } = takeLanguage(given);
  const [first, ...rest] = inputs;
  if (first === 'version') return { inputs: ['--version'], language };
  if (first === 'help') return { inputs: [...rest, '--help'], language };
  return { inputs: withWait(inputs), language };
}

function takeLanguage(given: readonly string[]): { inputs: string[]; language: string | undefined } {
  const at = given.findIndex((argument) => argument === '--lang' || argument.startsWith('--lang='));
  const end = given.indexOf('--');
  if (at < 0 || (end >= 0 && end < at)) return { inputs: [...given], language: undefined };
  const [argument = '', next] = given.slice(at);
  return argument === '--lang'
    ? { inputs: given.toSpliced(at, 2), language: next }
    : { inputs: given.toSpliced(at, 1), language: argument.slice('--lang='.length) };
}

function withWait(inputs: readonly string[]): string[] {
  const at = inputs.indexOf('--wait');
  const end = inputs.indexOf('--');
  if (at < 0 || (end >= 0 && end < at)) return [...inputs];
  const next = inputs[at + 1] ?? '';
  return /^\d+[smhd]?$/.test(next)
    ? inputs.toSpliced(at, 2, `--wait=${next}`)
    : inputs.toSpliced(at, 1, `--wait=${usualWaitSeconds}`);
}
