import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Address } from 'postal-mime';

export interface CaughtMail {
  /** The name of its file without `.eml`; later mails sort after earlier ones. */
  id: string;
  file: string;
  /** ISO 8601, when the catcher took it. */
  receivedAt: string;
  from: string;
  /** Addresses of the To and Cc headers. */
  to: string[];
  cc: string[];
  /** Whom the mail was handed over for, blind copies included. */
  envelopeTo: string[];
  subject: string;
  text: string;
  html: string;
  attachments: { filename: string; mimeType: string; sizeBytes: number }[];
}

/** Written by the catcher before the mail's own headers. */
export const envelopeHeaders = { to: 'X-Envelope-To', receivedAt: 'X-Received-At' } as const;

/** All mails in the folder, the oldest first. */
export async function listCaughtMails(mailFolder: string): Promise<CaughtMail[]> {
  const names = await readdir(mailFolder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.eml')).toSorted();
  return Promise.all(files.map((name) => parseMail(join(mailFolder, name), name.slice(0, -'.eml'.length))));
}

async function parseMail(file: string, id: string): Promise<CaughtMail> {
  const mail = await PostalMime.parse(await readFile(file));
  const header = (name: string) => mail.headers.find(({ key }) => key === name.toLowerCase())?.value ?? '';
  return {
    id,
    file,
    receivedAt: header(envelopeHeaders.receivedAt),
    from: mail.from?.address ?? '',
    to: addressesOf(mail.to),
    cc: addressesOf(mail.cc),
    envelopeTo: header(envelopeHeaders.to).split(', ').filter(Boolean),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    attachments: mail.attachments.map((attachment) => ({
      filename: attachment.filename ?? '',
      mimeType: attachment.mimeType,
      sizeBytes: sizeOf(attachment.content),
    })),
  };
}

function addressesOf(addresses: Address[] | undefined): string[] {
  return (addresses ?? [])
    .flatMap((each) => (each.group ?? [each]).map(({ address }) => address ?? ''))
    .filter(Boolean);
}

const sizeOf = (content: ArrayBuffer | Uint8Array | string) =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
