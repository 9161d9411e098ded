import { buildCommand } from '@stricli/core';
import { CommandFailure } from '../../command-failure.ts';
import type { World } from '../../world.ts';
import { loading } from '../loading.ts';
import type { Say } from '../say.ts';
import { type Shell, shells } from './shells.ts';

export const completionCommand = (say: Say) =>
  buildCommand<object, [Shell], World>({
    loader: loading(async () => (await import('./run-completion.ts')).runCompletion),
    parameters: {
      positional: {
        kind: 'tuple',
        parameters: [
          { brief: shells.join(', '), parse: parseShell, placeholder: 'SHELL', proposeCompletions: () => shells },
        ],
      },
    },
    docs: {
      brief: say({ ja: 'シェルの補完のためのスクリプトを出す', en: 'Print the completion script of a shell' }),
      fullDescription: say({
        ja: '~/.bashrc に：  source <(hikyaku completion bash)\n~/.zshrc に：  source <(hikyaku completion zsh)\nfish：  hikyaku completion fish > ~/.config/fish/completions/hikyaku.fish',
        en: 'In ~/.bashrc:  source <(hikyaku completion bash)\nIn ~/.zshrc:  source <(hikyaku completion zsh)\nfish:  hikyaku completion fish > ~/.config/fish/completions/hikyaku.fish',
      }),
    },
  });

function parseShell(input: string): Shell {
  const shell = shells.find((name) => name === input);
  if (!shell) throw new CommandFailure('not-a-shell', { input });
  return shell;
}
