import { randomBytes } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { beforeAll, describe, expect, test } from 'vitest';
import { armor, createMessage, enums, encrypt, generateKey, PacketList, readKey } from 'openpgp';
import { gather, piecesOf } from '../../test/age-files.ts';
import { openPgpContentOf } from '../beginnings/index.ts';
import {
  confirmOpenPgp,
  createOpenPgpKeyPair,
  decryptOpenPgp,
  encryptOpenPgp,
  openPgpFingerprintOf,
  openPgpKindOf,
  type OpenPgpKeyPair,
  openPgpPublicKeyOf,
  type OpenPgpSecrets,
  readOpenPgpArmor,
  signOpenPgp,
} from './index.ts';

const plain = randomBytes(300_000);
const maxContentBytes = 10_000_000;
let ours: OpenPgpKeyPair;
let sender: OpenPgpKeyPair;
let stranger: OpenPgpKeyPair;
let secrets: OpenPgpSecrets;
let file: Buffer;

beforeAll(async () => {
  [ours, sender, stranger] = await Promise.all([
    createOpenPgpKeyPair('ours'),
    createOpenPgpKeyPair('sender'),
    createOpenPgpKeyPair('stranger'),
  ]);
  secrets = { privateKeys: [ours.privateKey] };
  file = await write(plain);
});

const write = (bytes: Uint8Array, recipient = ours, signer = sender) =>
  gather(encryptOpenPgp(piecesOf(bytes), { recipients: [recipient.publicKey], signer: signer.privateKey }));
const trusting = (...keys: OpenPgpKeyPair[]) => ({
  maxContentBytes,
  trustedKeys: keys.map(({ publicKey }) => publicKey),
});
const open = (
  bytes: Uint8Array,
  options: Parameters<typeof decryptOpenPgp>[2] = { maxContentBytes },
  with_ = secrets,
) => gather(decryptOpenPgp(piecesOf(bytes), with_, options));

describe('what is encrypted comes back', () => {
  test.each([0, 1, 1_000, 300_000])('%i bytes', async (size) => {
    const bytes = randomBytes(size);
    expect((await open(await write(bytes))).equals(bytes)).toBe(true);
    expect((await open(await write(bytes), trusting(stranger, sender))).equals(bytes)).toBe(true);
  });

  test('for each of several recipients, and for whoever knows the passphrase', async () => {
    const recipients = [stranger.publicKey, ours.publicKey];
    const many = await gather(encryptOpenPgp(piecesOf(plain), { recipients, passphrases: ['正しい馬'] }));
    expect((await open(many)).equals(plain)).toBe(true);
    const byPassphrase = { privateKeys: [], passphrases: ['wrong', '正しい馬'] };
    expect((await open(many, { maxContentBytes }, byPassphrase)).equals(plain)).toBe(true);
  });

  test.each([
    ['in the form GnuPG writes', false],
    ['in the later form', true],
  ])('with keys and passphrases at hand, by whichever fits: %s', async (_, aeadProtect) => {
    const config = { aeadProtect };
    // A key says which forms its owner can read.
    const { publicKey, privateKey } = await generateKey({ userIDs: { name: 'able' }, config });
    const encryptionKeys = [await readKey({ armoredKey: publicKey })];
    const passwords = ['one'];
    const both = { privateKeys: [stranger.privateKey, privateKey], passphrases: ['wrong', 'one'] };
    for (const audience of [{ encryptionKeys }, { passwords }, { encryptionKeys, passwords }]) {
      const message = await createMessage({ binary: plain });
      const closed = Buffer.from(await encrypt({ message, ...audience, config, format: 'binary' }));
      for (const known of [
        both,
        { ...both, passphrases: ['wrong'] },
        { ...both, privateKeys: [stranger.privateKey] },
      ]) {
        const hasKey = 'encryptionKeys' in audience && known.privateKeys.length === 2;
        const hasPassphrase = 'passwords' in audience && known.passphrases.length === 2;
        const opened = open(closed, { maxContentBytes }, known);
        if (hasKey || hasPassphrase) expect((await opened).equals(plain)).toBe(true);
        else await expect(opened).rejects.toBeInstanceOf(HikyakuError);
      }
    }
  });

  test('nobody to open it is a mistake', async () => {
    await expect(gather(encryptOpenPgp(piecesOf(plain), {}))).rejects.toMatchObject({ code: 'invalid-input' });
    const recipients = ['no key'];
    await expect(gather(encryptOpenPgp(piecesOf(plain), { recipients }))).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('who it is for', () => {
  test('another key is told as that, with ours', async () => {
    const publicKey = await openPgpFingerprintOf(ours.publicKey);
    expect(publicKey).toBe(ours.fingerprint);
    await expect(open(await write(plain, stranger))).rejects.toMatchObject({
      code: 'wrong-key',
      details: { recipients: 1, publicKey },
    });
  });

  test('a passphrase nobody has, or another, is told as that', async () => {
    const closed = await gather(encryptOpenPgp(piecesOf(plain), { passphrases: ['one'] }));
    await expect(open(closed)).rejects.toMatchObject({
      code: 'unsupported-encryption',
      details: { kind: 'passphrase' },
    });
    await expect(open(closed, { maxContentBytes }, { privateKeys: [], passphrases: ['two'] })).rejects.toMatchObject({
      code: 'wrong-key',
    });
  });

  test('the public part of a private key is the one that was made with it', async () => {
    const publicKey = await openPgpPublicKeyOf(ours.privateKey);
    expect(await openPgpFingerprintOf(publicKey)).toBe(ours.fingerprint);
    expect(publicKey).not.toContain('PRIVATE');
    await expect(openPgpPublicKeyOf(ours.publicKey)).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

const confirm = (bytes: Uint8Array, options: Parameters<typeof confirmOpenPgp>[1]) =>
  gather(confirmOpenPgp(piecesOf(bytes), options));

describe('who signed it', () => {
  test('nobody is not enough where somebody has to', async () => {
    const unsigned = await gather(encryptOpenPgp(piecesOf(plain), { recipients: [ours.publicKey] }));
    await expect(open(unsigned, trusting(sender))).rejects.toMatchObject({ code: 'not-signed' });
  });

  test('somebody else is not enough, and nothing of the file comes out', async () => {
    const chunks: Uint8Array[] = [];
    const reading = async () => {
      for await (const chunk of decryptOpenPgp(piecesOf(file), secrets, trusting(stranger))) chunks.push(chunk);
    };
    await expect(reading()).rejects.toMatchObject({
      code: 'signature-untrusted',
      details: { keyId: sender.fingerprint.slice(-16) },
    });
    expect(chunks).toEqual([]);
  });

  test('a signed file that is not encrypted is checked in the same way', async () => {
    const signed = await gather(signOpenPgp(piecesOf(plain), sender.privateKey));
    expect((await confirm(signed, trusting(sender))).equals(plain)).toBe(true);
    expect((await confirm(signed, { maxContentBytes })).equals(plain)).toBe(true);
    await expect(confirm(signed, trusting(stranger))).rejects.toMatchObject({ code: 'signature-untrusted' });
    const changed = Buffer.from(signed);
    changed[150_000]! ^= 1;
    await expect(confirm(changed, trusting(sender))).rejects.toMatchObject({
      code: 'signature-invalid',
      details: { problem: 'content' },
    });
  });
});

describe('a damaged file never ends cleanly', () => {
  test('cut off anywhere', async () => {
    const cuts = [0, 1, 2, 10, 90, 100, 110, 1_000, 100_000, file.length - 50, file.length - 22, file.length - 1];
    for (const cut of cuts) {
      const reading = open(file.subarray(0, cut), trusting(sender));
      await expect(reading, `cut at ${cut}`).rejects.toMatchObject({ code: 'damaged-encryption' });
    }
  });

  test('with something behind its end', async () => {
    for (const more of [Buffer.from('x'), Buffer.alloc(100), file]) {
      await expect(open(Buffer.concat([file, more]))).rejects.toMatchObject({ code: 'damaged-encryption' });
    }
  });

  test('with a bit flipped', async () => {
    const places = Array.from({ length: 40 }, (_, i) => Math.floor((file.length * i) / 40)).concat(file.length - 1);
    for (const place of places) {
      const flipped = Buffer.from(file);
      flipped[place]! ^= 1;
      const code = await open(flipped).then(
        () => 'none',
        (error: { code?: string }) => error.code,
      );
      expect(['damaged-encryption', 'wrong-key'], `flipped at ${place}`).toContain(code);
    }
  });

  test('a message that nothing protects from changes is not opened at all', async () => {
    const sealed = await encrypt({
      message: await createMessage({ binary: plain }),
      encryptionKeys: await readKey({ armoredKey: ours.publicKey }),
      format: 'object',
    });
    const packets = new PacketList();
    packets.push(...sealed.packets.filterByTag(enums.packet.publicKeyEncryptedSessionKey));
    const data = Buffer.concat([Buffer.from([0xc9, 100]), randomBytes(100)]);
    const old = Buffer.concat([packets.write(), data]);
    await expect(open(old)).rejects.toMatchObject({
      code: 'unsupported-encryption',
      details: { kind: 'no-integrity' },
    });
  });
});

test('a bit flipped in a file that is signed alone never makes other content, and never stops the reader', async () => {
  const signed = await gather(signOpenPgp(piecesOf(plain.subarray(0, 1_000)), sender.privateKey));
  const places = [...signed.keys()].filter((at) => at < 50 || at > signed.length - 100);
  for (const place of places) {
    const flipped = Buffer.from(signed);
    flipped[place]! ^= 1 << (place % 8);
    const read = await gather(confirmOpenPgp(piecesOf(flipped), trusting(sender))).catch(() =>
      plain.subarray(0, 1_000),
    );
    expect(read.equals(plain.subarray(0, 1_000)), `flipped at ${place}`).toBe(true);
  }
});

test('a flood of packets that bring nothing is given up before it fills the memory', async () => {
  let read = 0;
  // Padding of 64 KiB, without end.
  const padding = Buffer.alloc(65_542);
  padding.set([0xd5, 0xff, 0, 1, 0, 0]);
  async function* flood() {
    yield Buffer.from([0xc8, 0xff, 0xff, 0xff, 0xff, 0xff, 0]);
    for (; ; read += padding.length) yield padding;
  }
  await expect(gather(confirmOpenPgp(flood(), { maxContentBytes }))).rejects.toMatchObject({
    code: 'damaged-encryption',
  });
  expect(read).toBeLessThan(100_000_000);
});

test('what unpacks without end stops at its limit', async () => {
  const message = await createMessage({ binary: Buffer.alloc(50_000_000) });
  const bomb = await encrypt({
    message,
    encryptionKeys: await readKey({ armoredKey: ours.publicKey }),
    format: 'binary',
    config: { preferredCompressionAlgorithm: enums.compression.zlib },
  });
  expect(bomb.length).toBeLessThan(200_000);
  const most = 1_000_000;
  let bytes = 0;
  const reading = async () => {
    for await (const chunk of decryptOpenPgp(piecesOf(bomb), secrets, { maxContentBytes: most })) bytes += chunk.length;
  };
  await expect(reading()).rejects.toMatchObject({ code: 'content-too-large', details: { limitBytes: most } });
  expect(bytes).toBeLessThanOrEqual(most);
});

describe('the source', () => {
  test('is closed by whoever stops reading, and by an error', async () => {
    let closed = 0;
    async function* source(bytes: Buffer) {
      try {
        yield* piecesOf(bytes);
      } finally {
        closed += 1;
      }
    }
    for await (const _ of decryptOpenPgp(source(file), secrets, { maxContentBytes })) break;
    expect(closed).toBe(1);
    const foreign = await write(plain, stranger);
    await expect(gather(decryptOpenPgp(source(foreign), secrets, { maxContentBytes }))).rejects.toThrow();
    expect(closed).toBe(2);
    await gather(decryptOpenPgp(source(file), secrets, { maxContentBytes }));
    expect(closed).toBe(3);
  });

  test.each([0, 50, 100_000])('that fails after %i bytes is told as it is', async (count) => {
    const failure = new Error('network');
    async function* source() {
      yield file.subarray(0, count);
      throw failure;
    }
    await expect(gather(decryptOpenPgp(source(), secrets, { maxContentBytes }))).rejects.toBe(failure);
  });
});

const armored = () => Buffer.from(armor(enums.armor.message, file));

describe('armor', () => {
  test('comes off in whatever pieces it comes', async () => {
    for (const pieceBytes of [1_000, 77, 1e6]) {
      expect((await gather(readOpenPgpArmor(piecesOf(armored(), pieceBytes)))).equals(file)).toBe(true);
    }
    const withHeaders = armored().toString().replace('-----\n', '-----\nVersion: 1\nComment: 今日\n');
    expect((await gather(readOpenPgpArmor(piecesOf(Buffer.from(withHeaders))))).equals(file)).toBe(true);
  });

  test.each<[string, string, (text: string) => string]>([
    ['armor', 'something in front', (text) => `Dear all,\n${text}`],
    ['armor', 'a strange character', (text) => text.replace(/\n\n..../, '\n\n..*.')],
    ['armor', 'no empty line', (text) => text.replace('\n\n', '\n')],
    ['armor', 'padding in the middle', (text) => text.replace(/\n\n..../, '\n\nQQ==')],
    ['armor', 'an endless line', (text) => text.replaceAll('\n', '')],
    ['truncated', 'its end missing', (text) => text.slice(0, -100)],
    ['trailing', 'something behind it', (text) => `${text}more`],
  ])('is damaged (%s): %s', async (damage, _, change) => {
    const wrong = Buffer.from(change(armored().toString()));
    await expect(gather(readOpenPgpArmor(piecesOf(wrong)))).rejects.toMatchObject({
      code: 'damaged-encryption',
      details: { damage },
    });
  });
});

describe('a beginning', () => {
  test('tells what it is', async () => {
    expect(openPgpKindOf(file)).toBe('encrypted');
    expect(openPgpKindOf(await gather(signOpenPgp(piecesOf(plain), sender.privateKey)))).toBe('signed');
    expect(openPgpKindOf(Buffer.from('\n-----BEGIN PGP MESSAGE-----\n'))).toBe('armored');
    const byPassphrase = await gather(encryptOpenPgp(piecesOf(plain), { passphrases: ['one'] }));
    expect(openPgpKindOf(byPassphrase)).toBe('encrypted');
  });

  test('tells what is inside of armor too, once enough of it is there', async () => {
    const signed = await gather(signOpenPgp(piecesOf(plain), sender.privateKey));
    const texts = { encrypted: armor(enums.armor.message, file), signed: armor(enums.armor.message, signed) };
    for (const [content, text] of Object.entries(texts)) {
      const withHeaders = text.replace('-----\n', '-----\nVersion: 1\nComment: 今日: 明日\n');
      for (const written of [text, `\n ${withHeaders}`, withHeaders.replaceAll('\n', '\r\n')]) {
        expect(openPgpContentOf(Buffer.from(written).subarray(0, 1_200))).toBe(content);
      }
      expect(openPgpContentOf(Buffer.from(text).subarray(0, 30))).toBeUndefined();
    }
    expect([file, signed, Buffer.from('id,name')].map(openPgpContentOf)).toEqual(['encrypted', 'signed', undefined]);
    expect(openPgpContentOf(Buffer.from('-----BEGIN PGP MESSAGE-----\n\n今日\n'))).toBeUndefined();
  });

  test('of text in any encoding is none', () => {
    for (const first of Array.from({ length: 128 }, (_, i) => i + 128)) {
      for (const second of [0x20, 0x2c, 0x40, 0x81, 0xa4, 0xff]) {
        expect(openPgpKindOf(Buffer.from([first, second, 0x2c, 0x31, 0x0d, 0x0a, 0x41, 0x42]))).toBeUndefined();
      }
    }
    for (const head of ['', 'id', 'PK\x03\x04', '\x1f\x8b\x08\x00', 'age-encryption.org/v1']) {
      expect(openPgpKindOf(Buffer.from(head, 'latin1'))).toBeUndefined();
    }
  });
});
