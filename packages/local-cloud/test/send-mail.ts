import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** The shortest SMTP dialogue there is; throws at the first answer that is not a success. */
export async function sendMail(
  smtpUrl: string,
  mail: { from: string; to: readonly string[]; lines: readonly string[] },
): Promise<void> {
  const { hostname, port } = new URL(smtpUrl);
  const socket = connect(Number(port), hostname);
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]();
  const expectAnswer = async () => {
    for (;;) {
      const { value } = await answers.next();
      const answer = String(value);
      if (!/^[23]/.test(answer)) throw new Error(answer);
      if (answer[3] === ' ') return;
    }
  };
  const say = async (text: string) => {
    socket.write(`${text}\r\n`);
    await expectAnswer();
  };
  await expectAnswer();
  await say('EHLO localhost');
  await say(`MAIL FROM:<${mail.from}>`);
  for (const recipient of mail.to) await say(`RCPT TO:<${recipient}>`);
  await say('DATA');
  await say([...mail.lines, '.'].join('\r\n'));
  await say('QUIT');
  socket.destroy();
}
