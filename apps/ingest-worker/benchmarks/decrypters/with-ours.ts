import { writeSync } from 'node:fs';
import { decryptAge } from '@hikyaku/encryption';
import { identityIn, piecesOfFile, standardOutput, tellProcessorTime } from './pieces-of-file.ts';

// `with-ours <identity file> <age file>`: the content goes to standard output.
const [identityFile = '', file = ''] = process.argv.slice(2);
const secrets = { identities: [await identityIn(identityFile)] };
await tellProcessorTime(async () => {
  for await (const chunk of decryptAge(piecesOfFile(file), secrets)) writeSync(standardOutput, chunk);
});
