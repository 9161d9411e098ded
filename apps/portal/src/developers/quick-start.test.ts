import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { quickStart } from './quick-start.ts';

const readme = await readFile(new URL('../../../../README.md', import.meta.url), 'utf8');

it.each(Object.entries(quickStart))('%s: the page and README.md tell the same command', (_name, command) => {
  expect(readme).toContain(`\n\`\`\`bash\n${command}\n\`\`\`\n`);
});
