import { ExitCode, proposeCompletions, run, type StricliProcess } from '@stricli/core';
import { isS3Address } from './arguments/s3-address.ts';
import { normalizeArguments } from './arguments/normalize-arguments.ts';
import { buildApplication } from './build-application.ts';
import { chooseLocale } from './choose-locale.ts';
import { CommandFailure } from './command-failure.ts';
import { describeCommandFailure } from './describe-command-failure.ts';
import { exitCode, exitCodeOf } from './exit-code.ts';
import type { Locale } from '@hikyaku/types';
import type { World } from './world.ts';

/** Commands that send nothing anywhere. */
const offline = ['policy', 'logout', 'completion'];

/** What shells ask when Tab is pressed. */
const completeWord = '__complete';

/** Runs one command line, and says with what number the process has to end. */
export async function runCli(given: readonly string[], surroundings: Omit<World, 'locale'>): Promise<number> {
  const { inputs, language } = normalizeArguments(given);
  const locale = chooseLocale(language, surroundings.environment.variables);
  const world: World = { ...surroundings, locale };
  const describe = asksOnly(inputs) ? describeLightly(locale) : await prepare(world, inputs);
  if (describe instanceof CommandFailure) {
    world.process.stderr.write(`${describeLightly(locale)(describe)}\n`);
    return exitCodeOf(describe);
  }
  // Once it is to end, whatever else fails does so because of that.
  const causeOf = (error: unknown): unknown => (world.signal.aborted ? world.signal.reason : error);
  const application = buildApplication(locale, {
    describe: (error) => describe(causeOf(error)),
    exitCodeOf: (error) => exitCodeOf(causeOf(error)),
  });
  if (inputs[0] === completeWord) {
    const found = await proposeCompletions(application, inputs.slice(1), world);
    for (const { completion, brief } of found) world.process.stdout.write(`${completion}\t${brief}\n`);
    return exitCode.ok;
  }
  const { stdout, stderr } = world.process;
  const host: StricliProcess & World['process'] = {
    stdout,
    stderr,
    env: definedOnly(surroundings.environment.variables),
    exitCode: null,
  };
  await run(application, inputs, { ...world, process: host });
  return toExitCode(host.exitCode);
}

/** Nothing is done: nothing of what that takes is loaded. */
function asksOnly(inputs: readonly string[]): boolean {
  const asking = ['-h', '--help', '-v', '--version', completeWord];
  return inputs.length === 0 || inputs.some((input) => asking.includes(input));
}

function describeLightly(locale: Locale) {
  return (error: unknown) =>
    error instanceof CommandFailure ? describeCommandFailure(error, locale).join('\n') : String(error);
}

/** What says failures in words; or why nothing can be done here. */
async function prepare({ environment, locale }: World, inputs: readonly string[]) {
  const [{ describeFailure }, { sendThroughProxy }] = await Promise.all([
    import('./describe-failure.ts'),
    import('./api/send-through-proxy.ts'),
  ]);
  const failure = offline.includes(inputs[0] ?? '') ? undefined : sendThroughProxy(environment);
  if (failure) return failure;
  const where = inputs[0] === 'doctor' || inputs.some(isS3Address) ? 'storage' : 'server';
  return (error: unknown) => describeFailure(error, locale, where).join('\n');
}

/** The parser's own codes are below 0. */
function toExitCode(code: number | string | null | undefined): number {
  const number = Number(code ?? 0);
  if (number === ExitCode.UnknownCommand || number === ExitCode.InvalidArgument) return exitCode.usage;
  return number < 0 ? exitCode.failed : number;
}

function definedOnly(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
