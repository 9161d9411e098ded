import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Part } from '../part.ts';
import type { PortBook } from '../port-book.ts';
import { createPartLog, noLog } from '../process/part-log.ts';
import { runEngineAsPart } from '../process/run-engine.ts';
import { envelopeHeaders } from './caught-mail.ts';

export interface MailAddress {
  smtpUrl: string;
  mailFolder: string;
}

const maximumMailBytes = 50 * 1024 * 1024;

/** An SMTP server on loopback that sends nothing on: each mail becomes an .eml file in its folder. */
export function createSmtpMailCatcher(options: {
  folder: string;
  logFolder: string;
  ports: PortBook;
}): Part<MailAddress> {
  const mailFolder = join(options.folder, 'caught');
  const logFile = join(options.logFolder, 'mail.log');
  let log = noLog;
  let server: SMTPServer | undefined;

  const keep = async (mail: Buffer, session: SMTPServerSession) => {
    const receivedAt = new Date().toISOString();
    const recipients = session.envelope.rcptTo.map(({ address }) => address).join(', ');
    const headers = `${envelopeHeaders.receivedAt}: ${receivedAt}\r\n${envelopeHeaders.to}: ${recipients}\r\n`;
    const file = join(mailFolder, `${receivedAt.replaceAll(/[:.]/g, '-')}-${randomBytes(4).toString('hex')}.eml`);
    await writeFile(`${file}.part`, Buffer.concat([Buffer.from(headers), mail]), { mode: 0o600 });
    await rename(`${file}.part`, file);
    log(`kept a mail of ${mail.length} bytes for ${session.envelope.rcptTo.length} recipients`);
  };

  const start = async () => {
    await mkdir(mailFolder, { recursive: true, mode: 0o700 });
    log = createPartLog(logFile);
    const port = await options.ports.choose('smtp');
    const catcher = new SMTPServer({
      name: 'localhost',
      // It has neither a certificate nor accounts; a client that is offered either would try it.
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      disableReverseLookup: true,
      size: maximumMailBytes,
      onData(stream, session, done) {
        void answer(
          buffer(stream).then((mail) => keep(mail, session)),
          done,
        );
      },
    });
    catcher.on('error', (error) => log(error.message));
    await new Promise<void>((resolve, reject) => {
      catcher.server.once('error', reject);
      catcher.listen(port, '127.0.0.1', resolve);
    });
    server = catcher;
    const smtpUrl = `smtp://127.0.0.1:${port}`;
    log(`listening on ${smtpUrl}`);
    return { address: { smtpUrl, mailFolder }, shown: smtpUrl };
  };

  return runEngineAsPart({
    name: 'mail',
    technology: 'smtp-mail-catcher',
    title: 'The mail catcher',
    dataFolder: mailFolder,
    logFiles: [logFile],
    start,
    async stop() {
      const catcher = server;
      server = undefined;
      if (catcher !== undefined) await new Promise<void>((resolve) => catcher.close(resolve));
    },
  });
}

/** The library wants a callback where we have a promise. */
async function answer(kept: Promise<void>, done: (error?: Error) => void): Promise<void> {
  try {
    await kept;
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  done();
}
