import { encryptAge } from '../encrypt-age.ts';
import { type MinisignKeyPair, signMinisign } from '../minisign/index.ts';
import { encryptOpenPgp, type OpenPgpKeyPair, signOpenPgp } from '../openpgp/index.ts';
import { writeArmor } from '../write-armor.ts';

/** Whom files are for, and by whom. */
export interface SealingKeys {
  /** `age1…`, whose private part the reader has. */
  recipient: string;
  /** What the reader knows. */
  passphrase: string;
  /** Public key in armor, whose private part the reader has. */
  openPgpRecipient: string;
  /** Who has to have signed OpenPGP files. */
  openPgpSigner: OpenPgpKeyPair;
  /** Who has to have signed files with a detached signature. */
  minisignSigner: MinisignKeyPair;
}

/** `openpgp` is encrypted and signed, `openpgp-signed` signed alone; `minisign` is open, with a signature beside it. */
const sealedForms = ['age', 'age-armor', 'age-passphrase', 'openpgp', 'openpgp-signed', 'minisign'] as const;
export type SealedForm = (typeof sealedForms)[number];

export interface SealedFile {
  form: SealedForm;
  bytes: Buffer;
  /** Of form `minisign`. */
  signature?: Buffer;
}

/** Cheap, since tests open many files. */
const workFactor = 4;

/** The same content in every form, each as its reader takes it in. */
export async function sealedFiles(
  content: Buffer,
  { recipient, passphrase, openPgpRecipient, openPgpSigner, minisignSigner }: SealingKeys,
): Promise<SealedFile[]> {
  const { privateKey: signer } = openPgpSigner;
  const age = await gather(encryptAge(once(content), [recipient]));
  const bytes: Record<SealedForm, Buffer> = {
    age,
    'age-armor': await gather(writeArmor(once(age))),
    'age-passphrase': await gather(encryptAge(once(content), { passphrase, workFactor })),
    openpgp: await gather(encryptOpenPgp(once(content), { recipients: [openPgpRecipient], signer })),
    'openpgp-signed': await gather(signOpenPgp(once(content), signer)),
    minisign: content,
  };
  const signature = await signMinisign(once(content), minisignSigner, 'seeded');
  return sealedForms.map((form) => ({ form, bytes: bytes[form], ...(form === 'minisign' ? { signature } : {}) }));
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

export async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
