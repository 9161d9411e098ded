/** Ends the launcher with a text for whoever typed the command: what is wrong, and what to do. No stack is printed. */
export class LauncherError extends Error {
  override readonly name = 'LauncherError';
}
