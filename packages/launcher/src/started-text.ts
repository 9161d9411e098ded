import type { Demo } from './demo/make-demo.ts';
import type { Stack } from './stack/start-stack.ts';

/** The short block at the end of a start: where it is, who may sign in, where the data lies, how to stop. */
export function startedText(stack: Stack, demo: Demo | undefined, logFolder: string): string {
  const lines = ['', '  Hikyaku 飛脚', '', `  Portal   ${stack.portalUrl}`];
  if (demo && demo.logins.length > 0) {
    const widest = Math.max(...demo.logins.map((login) => login.email.length));
    lines.push('', '  Sign in as (these passwords are shown this once):');
    for (const { email, password, role, organization } of demo.logins) {
      lines.push(`    ${email.padEnd(widest)}  ${password}  ${role} of ${organization}`);
    }
  } else if (demo) {
    lines.push('  Sign in  with the passwords shown at the first start; npm start -- --fresh makes everything anew');
  }
  if (demo) lines.push('', `  Files to try   ${demo.filesFolder}`);
  lines.push(
    `  Data           ${stack.dataFolder}`,
    `  Logs           ${logFolder}`,
    '  Parts          npm run parts -- status',
    '  Stop           Ctrl-C',
    '',
    '',
  );
  return lines.join('\n');
}
