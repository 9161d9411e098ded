import type { World } from '../world.ts';

/**
 * What a command does, loaded when it is run. The parser hands the world over as `this`; those who do the work take it as an
 * argument.
 */
export function loading<F, A extends readonly unknown[]>(
  load: () => Promise<(world: World, flags: F, ...args: A) => Promise<void>>,
) {
  return async () => {
    const run = await load();
    return function runHere(this: World, flags: F, ...args: A): Promise<void> {
      return run(this, flags, ...args);
    };
  };
}
