import { writeSync } from 'node:fs';
import { Decrypter } from 'age-encryption';
import { identityIn, piecesOfFile, standardOutput, tellProcessorTime } from './pieces-of-file.ts';

// `with-package <identity file> <age file>`: the content goes to standard output.
const [identityFile = '', file = ''] = process.argv.slice(2);
const decrypter = new Decrypter();
decrypter.addIdentity(await identityIn(identityFile));
async function* copies() {
  // It keeps what it is given.
  for await (const piece of piecesOfFile(file)) yield Uint8Array.from(piece);
}
await tellProcessorTime(async () => {
  const content = await decrypter.decrypt(ReadableStream.from(copies()));
  for await (const chunk of content) writeSync(standardOutput, chunk);
});
