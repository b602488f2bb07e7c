import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../fixtures/bundle-host.ts';
import { putInPath } from '../fixtures/in-path.ts';
import {
  admin,
  assertionXml,
  awsAttribute,
  offering,
  provider,
  readOnly,
  responseXml,
  roleAttribute,
} from '../fixtures/response-xml.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  await bundle(
    fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
    join(folder, 'roleferry.cjs'),
  );
  putInPath(join(folder, 'roleferry.cjs'));
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

function inspect(input: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(folder, 'roleferry.cjs'), 'inspect', ...args],
    { input, encoding: 'utf8', env: { PATH: join(folder, 'bin') } },
  );
  return { status, stdout, stderr };
}

const whole = responseXml(
  assertionXml(
    roleAttribute(`${readOnly},${provider}`, `${provider},${admin}`) +
      awsAttribute('RoleSessionName', 'jo@example.com') +
      awsAttribute('SessionDuration', '28800') +
      awsAttribute('PrincipalTag:Team', 'blue\u202e'),
  ),
);

const inWords = { message: expect.any(String), hint: expect.any(String) };

describe('roleferry inspect', () => {
  it.each([4095, 1023])('says that a terminal has cut an assertion of which %i characters came', (length) => {
    const long = Buffer.from(responseXml(assertionXml(offering(admin)) + ' '.repeat(9000))).toString(
      'base64',
    );
    const { status, stdout, stderr } = inspect(`${long.slice(0, length)}\n`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(`ends after ${length} characters: a terminal takes no more of a pasted line`);
    expect(stderr).toContain('hint: Save it to a file');
  });

  it('blames no terminal for what came in lines, or whole', () => {
    const long = Buffer.from(responseXml(assertionXml(offering(admin)))).toString('base64');
    expect(inspect(`${long.slice(0, 4095)}x\n${long.slice(0, 100)}`).stderr).not.toContain('terminal');
    expect(inspect(long).status).not.toBe(2);
    expect(inspect('x'.repeat(4094)).stderr).not.toContain('terminal');
  });

  it('prints JSON for programs', () => {
    const { status, stdout, stderr } = inspect(Buffer.from(whole).toString('base64'), '--json');
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual({
      issuer: 'https://idp.example/metadata',
      encrypted: false,
      sessionName: 'jo@example.com',
      sessionDuration: 28_800,
      notOnOrAfter: '2026-01-02T03:10:05.000Z',
      redeemableUntil: '2026-01-02T03:09:05.000Z',
      roles: [
        { roleArn: readOnly, providerArn: provider },
        { roleArn: admin, providerArn: provider },
      ],
      problems: [
        {
          code: 'expired',
          until: '2026-01-02T03:09:05.000Z',
          message: 'The assertion could be redeemed only until 2026-01-02T03:09:05.000Z.',
          hint: expect.stringContaining('Log in again.'),
        },
        { code: 'tags-invalid', problem: { is: 'value', key: 'Team' }, ...inWords },
      ],
      trustPolicy: [
        {
          Effect: 'Allow',
          Principal: { Federated: provider },
          Action: 'sts:AssumeRoleWithSAML',
          Condition: { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } },
        },
        { Effect: 'Allow', Principal: { Federated: provider }, Action: 'sts:TagSession' },
      ],
    });
  });

  it('prints lines for people, with what would stop AWS, and nothing that steers their terminal', () => {
    const { status, stdout, stderr } = inspect(whole);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain('issuer            https://idp.example/metadata\n');
    expect(stdout).toContain(`role  ${readOnly}\n      ${provider}\nrole  ${admin}\n`);
    expect(stdout).toContain('tag Team          blue\ufffd\n');
    expect(stdout).toContain(
      'AWS would not take it: The assertion could be redeemed only until 2026-01-02T03:09:05.000Z.\n      Log in again.',
    );
    expect(stdout).toContain(
      'For its session tags, the trust policy of the role must allow sts:TagSession.\n',
    );
  });

  // XML allows C1 controls; those of C0 but tab and line break end in a refusal.
  const steering = '\u009b31m\u202e\u2066\u200b\u0085\u2028\u{e0041}';
  const hostile = responseXml(
    assertionXml(
      roleAttribute(`${admin},${provider}`) +
        awsAttribute('RoleSessionName', `jo${steering}`) +
        awsAttribute('SourceIdentity', `who\nrole  ${steering}`) +
        awsAttribute(`PrincipalTag:Te${steering}am`, 'blue'),
    ),
  );

  it('lets no word of an assertion steer a terminal, be it a value or a name, or make a line of its own', () => {
    const { stdout } = inspect(hostile);
    expect(stdout).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
    expect(stdout).toMatch(/^tag Te\ufffd.*blue$/m);
    expect(stdout).toMatch(/^session name {6}jo\ufffd/m);
    expect(stdout.match(/^role /gm)).toHaveLength(1);
  });

  it('escapes them in JSON, where a program finds the very words', () => {
    const { stdout } = inspect(hostile, '--json');
    expect(stdout).not.toMatch(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]/u);
    expect(stdout).toContain('jo\\u009b31m\\u202e');
    expect(JSON.parse(stdout)).toMatchObject({ sessionName: `jo${steering}` });
  });

  it('says until when it can be redeemed: five minutes after its issue, or earlier if it says so', () => {
    const at = (time: number) => new Date(time).toISOString();
    const issued = Date.now() - 1000;
    const fresh = whole
      .replace(/IssueInstant="[^"]*"/g, `IssueInstant="${at(issued)}"`)
      .replace(/NotOnOrAfter="[^"]*"/g, `NotOnOrAfter="${at(issued + 3_600_000)}"`);
    expect(inspect(fresh).stdout).toMatch(
      new RegExp(`^redeemable until  ${at(issued + 300_000)}, .* left$`, 'm'),
    );
    expect(JSON.parse(inspect(fresh, '--json').stdout).redeemableUntil).toBe(at(issued + 300_000));
    const short = fresh.replace(/NotOnOrAfter="[^"]*"/, `NotOnOrAfter="${at(issued + 120_000)}"`);
    expect(JSON.parse(inspect(short, '--json').stdout).redeemableUntil).toBe(at(issued + 120_000));
    expect(inspect(whole).stdout).toContain('redeemable until  2026-01-02T03:09:05.000Z, expired\n');
  });

  it('leaves open until when, if it names no time', () => {
    const timeless = whole.replace(/ (IssueInstant|NotOnOrAfter)="[^"]*"/g, '');
    const { status, stdout } = inspect(timeless);
    expect([status, stdout]).toEqual([0, expect.not.stringContaining('redeemable')]);
    expect(JSON.parse(inspect(timeless, '--json').stdout).redeemableUntil).toBeNull();
  });

  it('says that the login failed, though there is an assertion', () => {
    const { status, stdout } = inspect(whole.replace('status:Success', 'status:Requester'));
    expect([status, stdout]).toEqual([
      0,
      expect.stringContaining('that the login failed: its status is Requester.'),
    ]);
  });

  it('names what is wrong in codes for programs, and in words with a remedy', () => {
    const wrong = whole
      .replace('urn:amazon:webservices', 'urn:other')
      .replace(`${readOnly},${provider}`, `${readOnly},${provider.replace('1111', '4444')}`)
      .replace('jo@example.com', 'Jo Doe')
      .replace('28800', '60');
    const { problems } = JSON.parse(inspect(wrong, '--json').stdout);
    const codes = problems.map(({ code }: { code: string }) => code);
    expect(codes.join(' ')).toBe(
      'expired audience accounts-differ session-name-invalid session-duration tags-invalid',
    );
    expect(inspect(wrong).stdout).toContain(
      "AWS would not take it: The assertion's audience is urn:other, not urn:amazon:webservices.\n      Ask the administrator",
    );
  });

  it('says that an assertion is encrypted', () => {
    const encrypted = responseXml('<saml:EncryptedAssertion/>');
    expect(JSON.parse(inspect(encrypted, '--json').stdout)).toMatchObject({
      issuer: 'https://idp.example/metadata',
      encrypted: true,
      roles: [],
    });
    expect(inspect(encrypted).stdout).toContain('only AWS can read which roles');
  });

  it.each([
    ['nothing at all', '', 'There is no assertion on stdin.'],
    ['no SAML', 'hello', 'not base64'],
    ['a word', 'garbage', 'as in: oktaauth -u jobloggs | roleferry inspect'],
    ['a DOCTYPE', `<!DOCTYPE x>${offering()}`, 'DOCTYPE'],
    ['two assertions', responseXml(assertionXml('') + assertionXml('')), '2 assertions'],
    ['a web page', '<html></html>', 'web page without a field SAMLResponse'],
  ])('refuses %s: exit 1, the reason on stderr, nothing on stdout', (_, input, reason) => {
    const { status, stdout, stderr } = inspect(input, '--json');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
  });
});
