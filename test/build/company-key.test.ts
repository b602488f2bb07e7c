import { spawnSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const load = (script: string) => import(new URL(`../../scripts/fleet/${script}`, import.meta.url).href);
const { readCompanyKey, extensionIdOf } = await load('company-key.mjs');
const { readFleetOptions } = await load('read-options.mjs');
const { signCrx } = await load('sign-crx.mjs');

const url = 'https://intranet.example.com/roleferry/updates.xml';
const pkcs8 = { type: 'pkcs8', format: 'pem' } as const;
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).privateKey;
const company = rsa(2048);

let folder: string;
const file = (name: string) => join(folder, name);

/** A file that only its owner can read. */
function keep(name: string, content: string | Buffer): string {
  writeFileSync(file(name), content, { mode: 0o600 });
  return file(name);
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-key-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('npm run package with a company’s key', () => {
  /** What is thrown before anything is built. */
  const refusing = (options: Record<string, string>) => expect(readFleetOptions(options)).rejects;

  const saying = (message: string) => ({
    message: expect.stringContaining(message),
    hint: expect.stringMatching(/./),
  });

  const keyProblems: [string, () => string, string][] = [
    ['is not there', () => file('nowhere.pem'), 'There is no key file'],
    ['is a folder', () => folder, 'There is no key file'],
    ['has no key', () => keep('text.pem', 'hello'), 'has no private key in PEM'],
    [
      'has only the public half',
      () => keep('public.pem', createPublicKey(company).export({ type: 'spki', format: 'pem' })),
      'has no private key in PEM',
    ],
    [
      'is damaged',
      () => keep('damaged.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
      'cannot be read',
    ],
    [
      'is for another algorithm',
      () => keep('ec.pem', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pkcs8)),
      'has a key of type ec, and browsers want RSA',
    ],
    ['is too short', () => keep('short.pem', rsa(1024).export(pkcs8)), 'an RSA key of 1024 bits'],
    [
      'has a passphrase',
      () => keep('locked.pem', company.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'secret' })),
      'is protected by a passphrase',
    ],
  ];

  it.each(keyProblems)('refuses a file that %s, and says what to do', (_, make, said) => {
    expect(() => readCompanyKey(make())).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(said),
        hint: expect.stringMatching(/openssl/),
      }),
    );
  });

  it('says what is wrong and what to do, on stderr, before anything is built', () => {
    const wrong = keep('wrong.json', '{"allowedAccount": ["111122223333"]}');
    const key = keep('good.pem', company.export(pkcs8));
    const script = join(root, 'scripts/package.mjs');
    const args = ['--built', '--output', file('never-made'), '--key', key, '--update-url', url];
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args, '--policy', wrong], {
      encoding: 'utf8',
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: `error: ${wrong} is no policy: allowedAccount.\nhint: docs/policies/policy.json has an example of every entry\n`,
    });
    expect(existsSync(file('never-made'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('refuses a key that others can read', () => {
    const key = keep('open.pem', company.export(pkcs8));
    chmodSync(key, 0o640);
    expect(() => readCompanyKey(key)).toThrow(
      expect.objectContaining({
        message: `Others than you can read or change ${key}.`,
        hint: `chmod 600 ${key}`,
      }),
    );
  });

  it('refuses a key inside the repository, and one that a link outside leads to', () => {
    const said = 'is inside the repository, where it may end up in a commit or a package';
    expect(() => readCompanyKey(join(root, 'package.json'))).toThrow(said);
    symlinkSync(join(root, 'package.json'), file('link.pem'));
    expect(() => readCompanyKey(file('link.pem'))).toThrow(said);
  });

  it.each([
    [undefined, '--key needs --update-url'],
    ['intranet', 'intranet is no address'],
    ['http://intranet/updates.xml', 'must start with https://'],
    ['https://intranet/roleferry/', "doesn't end in /updates.xml"],
  ])('wants to know where browsers look for updates, not %s', async (address, said) => {
    const key = keep('good.pem', company.export(pkcs8));
    await refusing({ key, ...(address && { 'update-url': address }) }).toMatchObject(saying(said));
  });

  it('refuses a policy that it cannot read', async () => {
    const options = { key: keep('good.pem', company.export(pkcs8)), 'update-url': url };
    for (const policy of [keep('broken.json', '{'), file('nowhere.json')]) {
      await refusing({ ...options, policy }).toMatchObject(saying('cannot be read'));
    }
  });

  it('refuses options that only make sense with a key', async () => {
    await refusing({ 'update-url': url }).toThrow('which is missing');
    await refusing({ policy: 'policy.json' }).toThrow('which is missing');
  });
});

describe('a package signed with a company’s key', () => {
  const zip = Buffer.from('PK, as far as a signature is concerned');

  it('holds the zip unchanged, and a signature of it that the key in it confirms', () => {
    const key = readCompanyKey(keep('company.pem', company.export(pkcs8)));
    const crx: Buffer = signCrx(zip, key);
    expect(crx.toString('latin1', 0, 4)).toBe('Cr24');
    expect(crx.readUInt32LE(4)).toBe(3);
    const header = crx.subarray(12, 12 + crx.readUInt32LE(8));
    expect(crx.subarray(12 + header.length).equals(zip)).toBe(true);
    const [proof, signedData] = [fieldsOf(header).get(2), fieldsOf(header).get(10_000)] as [Buffer, Buffer];
    const [publicKey, signature] = [fieldsOf(proof).get(1), fieldsOf(proof).get(2)] as [Buffer, Buffer];
    const length = Buffer.alloc(4);
    length.writeUInt32LE(signedData.length);
    const signed = Buffer.concat([Buffer.from('CRX3 SignedData\0'), length, signedData, zip]);
    const pem = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    expect(verify('sha256', signed, pem, signature)).toBe(true);
    expect(fieldsOf(signedData).get(1)).toEqual(extensionIdOf(publicKey).idBytes);
    expect(key.extensionId).toMatch(/^[a-p]{32}$/);
  });

  it('is the same each time, so that two people can compare', () => {
    const key = readCompanyKey(keep('company.pem', company.export(pkcs8)));
    expect(signCrx(zip, key).equals(signCrx(zip, key))).toBe(true);
  });

  it('takes keys as openssl writes them, older ones too', () => {
    const key = company;
    const ids = [
      keep('pkcs8.pem', key.export(pkcs8)),
      keep('pkcs1.pem', key.export({ type: 'pkcs1', format: 'pem' })),
    ].map((path) => readCompanyKey(path).extensionId);
    expect(ids[0]).toBe(ids[1]);
  });

  /** The fields of a protocol buffer that has only fields of bytes, by number. */
  function fieldsOf(bytes: Buffer): Map<number, Buffer> {
    const fields = new Map<number, Buffer>();
    let at = 0;
    const number = () => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes.readUInt8(at++);
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
    };
    while (at < bytes.length) {
      const tag = number();
      expect(tag % 8).toBe(2);
      const length = number();
      fields.set(Math.floor(tag / 8), bytes.subarray(at, at + length));
      at += length;
    }
    return fields;
  }
});
