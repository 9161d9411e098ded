import { printLine } from '../../output/print.ts';
import type { World } from '../../world.ts';
import type { Shell } from './shells.ts';

/** Each asks the command itself, by `__complete` and the words so far, and offers files where that says nothing. */
const scripts = {
  bash: `_hikyaku() {
  local IFS=$'\\n'
  COMPREPLY=($(hikyaku __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o bashdefault -o default -F _hikyaku hikyaku`,
  zsh: `#compdef hikyaku
_hikyaku() {
  local -a found
  local line
  for line in "\${(@f)$(hikyaku __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  if (( \${#found} )); then _describe hikyaku found; else _files; fi
}
compdef _hikyaku hikyaku`,
  fish: `function __hikyaku_complete
  set -l words (commandline -opc) (commandline -ct | string collect --allow-empty)
  hikyaku __complete $words[2..-1] 2>/dev/null
end
complete -c hikyaku -a '(__hikyaku_complete)'`,
} satisfies Record<Shell, string>;

export async function runCompletion(world: World, _flags: object, shell: Shell): Promise<void> {
  await printLine(world, scripts[shell]);
}
