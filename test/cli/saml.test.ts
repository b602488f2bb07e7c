import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { bundle } from '../fixtures/bundle-host.ts';
import { needs } from '../needs.ts';
import { captivePortal, stsError } from '../rehearsal/fault.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

const role = (name: string, account = accounts.development) => iamArn(account, `role/${name}`);
const longLived = '# mine\n[sts]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = secret\n';

let folder: string;
let stage: Stage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
  await bundle(
    fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url)),
    join(folder, 'roleferry.cjs'),
  );
  stage = await Stage.open([process.execPath, join(folder, 'roleferry.cjs'), 'saml']);
}, 60_000);

afterAll(async () => {
  await stage.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => stage.clean());

const responseOf = (user: string, said = {}) => stage.rehearsal.issueResponse({ user, ...said });
const xmlOf = (user: string) => Buffer.from(responseOf(user), 'base64').toString('utf8');
const saml = (user: string, args: string[] = [], env: Record<string, string> = {}) =>
  stage.run(args, { input: responseOf(user), env });
const write = (credentials: string) => writeFileSync(stage.home.credentialsFile, credentials);
const configFile = () => stage.contents().config;
const askedOf = () => stage.rehearsal.requests.map(({ form }) => form.get('RoleArn'));

/** Nothing was written, and what was said is one line with a hint, and no secret. */
async function refused(
  given: Promise<{ status: number | null; stdout: string; stderr: string }>,
  input = '',
) {
  const before = stage.contents();
  const { status, stdout, stderr } = await given;
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^(Asking .+\n)?roleferry: .+\nhint: .+\n/);
  expect(stderr).not.toMatch(/^\s+at /m);
  if (input.length > 80) expect(stderr).not.toContain(input.slice(20, 60));
  expect(stage.contents()).toEqual(before);
  return { status, stderr };
}

/** Nothing may leave this machine: the program resolves every name to this machine, where nobody listens. */
const everyNameIsHere = {
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`
    import dns from 'node:dns';
    import { syncBuiltinESMExports } from 'node:module';
    dns.lookup = (name, options, done) =>
      options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
    syncBuiltinESMExports();
  `)}`,
};

describe('roleferry saml where AWS says no', () => {
  const tags = { Team: 'blue-secret', Cost: 'gold-secret' };
  const withTags = (args: string[] = []) => stage.run(args, { input: responseOf('alice', { tags }) });

  it('names the likeliest cause, who mends it, and how to get a text for the administrator', async () => {
    const { status, stderr } = await refused(withTags());
    expect(status).toBe(1);
    expect(stderr).toContain(
      'Likely cause: The assertion has session tags (Team and Cost), and the trust policy of the role does not allow sts:TagSession.\n' +
        'hint: Ask the administrator of the AWS account to add sts:TagSession',
    );
    expect(stderr).toMatch(/administrator, log in again with: node \S*\/roleferry\.cjs saml --report\n$/);
  });

  it('prints that text on stdout with --report, without values, names of people and the assertion', async () => {
    const { status, stdout, stderr } = await withTags(['--report']);
    expect(status).toBe(1);
    expect(stderr).not.toContain('--report');
    expect(stdout).toContain(`role      ${role('Developer')}\n`);
    expect(stdout).toMatch(/AccessDenied: Not authorized .+\n {2}HTTP 403\n {2}request ID [\w-]{36}\n/);
    expect(stdout).toContain('"Action": "sts:TagSession"');
    expect(stdout).not.toMatch(/secret|alice|[\w+/=]{80}/);
  });

  it('prints one for each refused role', async () => {
    stage.rehearsal.onSts = () => stsError(403, 'AccessDenied', 'Not authorized');
    const { stdout } = await saml('bob', ['--all-roles', '--report']);
    expect(stdout.match(/^AWS refused a SAML login\.$/gm)).toHaveLength(2);
    expect(stdout).toContain(role('AdminReadOnly'));
  });

  it('says nothing of it where AWS was not reached, or said yes', async () => {
    const gone = await refused(saml('alice', ['--report'], { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' }));
    expect(gone.stderr).not.toContain('administrator');
    expect((await saml('alice', ['--report', '--quiet'])).stdout).toBe('');
  });
});

describe('roleferry saml says whom it asks', () => {
  const local = () => stage.rehearsal.stsHttpUrl.replace('127.0.0.1', 'localhost');

  it('where that is not AWS, on stderr, unless it is this machine and nothing is to be said', async () => {
    const line = `Asking ${new URL(local()).host} instead of AWS STS (AWS_ENDPOINT_URL_STS).\n`;
    const env = { AWS_ENDPOINT_URL_STS: local() };
    expect(await saml('alice', [], env)).toMatchObject({ status: 0, stderr: line });
    expect(await saml('alice', ['--quiet'], env)).toMatchObject({ status: 0, stderr: '', stdout: '' });
  });

  it('where the config file names it', async () => {
    writeFileSync(stage.home.configFile, `[default]\nendpoint_url = ${local()}\n`);
    const { status, stderr } = await saml('alice', [], { AWS_ENDPOINT_URL_STS: '' });
    expect([status, stderr]).toEqual([0, expect.stringContaining('(endpoint_url in the AWS config file).')]);
  });

  it.each([[[]], [['--quiet']]])('where it is another machine, with the options %j', async (args) => {
    const env = { ...everyNameIsHere, AWS_ENDPOINT_URL_STS: 'https://sts.rehearsal.test:9' };
    const { stderr } = await saml('alice', args, env);
    expect(stderr).toMatch(/^Asking sts\.rehearsal\.test:9 instead of AWS STS \(AWS_ENDPOINT_URL_STS\)\.\n/);
  });

  it.each([{ AWS_ENDPOINT_URL_STS: '' }, { AWS_ENDPOINT_URL_STS: 'https://sts.us-east-1.amazonaws.com' }])(
    'but not where it is AWS: %j',
    async (env) => {
      const { stderr } = await saml('alice', [], { ...everyNameIsHere, ...env });
      expect(stderr).toMatch(/^roleferry: sts\.us-east-1\.amazonaws\.com could not be reached/);
    },
  );

  it('and each time that nobody checks that it is AWS, once that is said to be wanted', async () => {
    const env = {
      AWS_ENDPOINT_URL_STS: `https://localhost:${stage.rehearsal.port}`,
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    };
    for (const args of [['--insecure-tls'], ['--insecure-tls', '--quiet']]) {
      const { status, stderr } = await saml('alice', args, env);
      expect([status, stderr]).toEqual([0, expect.stringMatching(/^Warning: certificates are not checked/)]);
    }
  });

  it('and does not take the option for a wish not to have it checked', async () => {
    const env = { AWS_ENDPOINT_URL_STS: `https://localhost:${stage.rehearsal.port}` };
    const { status, stderr } = await saml('alice', ['--insecure-tls'], env);
    expect([status, stderr]).toEqual([1, expect.stringContaining('its certificate is not one')]);
  });
});

describe('roleferry saml writes a profile', () => {
  it('called sts from a login with one role, and says so in one line', async () => {
    expect(await saml('alice')).toEqual({
      status: 0,
      signal: null,
      stdout: `wrote sts: ${role('Developer')}, 59 min left\n`,
      stderr: '',
    });
    expect(stage.credentials()).toMatch(
      /^\[sts\]\naws_access_key_id = ASIA\w{16}\naws_secret_access_key = \S+\naws_session_token = \S+\nx_security_token_expires = \S+Z\nx_principal_arn = arn:aws:sts::111122223333:assumed-role\/Developer\/alice@rehearsal\.test\n$/,
    );
    expect(statSync(stage.home.credentialsFile).mode & 0o777).toBe(0o600);
    expect(configFile()).toBe('[profile sts]\nregion = us-east-1\n');
  });

  const page = (response: string) =>
    `<!DOCTYPE html><html><body onload="document.forms[0].submit()"><form method="post" action="https://signin.aws.amazon.com/saml"><input type="hidden" name="RelayState" value=""/><input type="hidden" name="SAMLResponse" value="${response.replaceAll('+', '&#x2b;')}"/></form></body></html>`;

  it.each<[string, () => string]>([
    ['XML', () => xmlOf('alice')],
    ['XML with a byte order mark', () => `\ufeff${xmlOf('alice')}`],
    ['base64 in lines of 76', () => responseOf('alice').replace(/.{76}/g, '$&\r\n')],
    ['URL-encoded base64', () => encodeURIComponent(responseOf('alice'))],
    ['a form body', () => `RelayState=&SAMLResponse=${encodeURIComponent(responseOf('alice'))}`],
    ['the page that posts it', () => page(responseOf('alice'))],
    [
      'a page without quotes',
      () => `<html><form><input name=SAMLResponse value=${responseOf('alice')}></form></html>`,
    ],
  ])('from %s', async (_, input) => {
    expect(await stage.run(['-q', '-p', 'sts'], { input: input() })).toEqual({
      status: 0,
      signal: null,
      stdout: '',
      stderr: '',
    });
    expect(stage.credentials()).toContain('/Developer/alice@rehearsal.test\n');
  });

  it('of the role that is named', async () => {
    const wanted = role('ReadOnly', accounts.production);
    const { status, stdout } = await saml('carol', ['--profile', 'prod', '--role-arn', wanted]);
    expect([status, stdout]).toEqual([0, `wrote prod: ${wanted}, 59 min left\n`]);
    expect(askedOf()).toEqual([wanted]);
  });

  it('of an encrypted assertion, with the role and its provider', async () => {
    const wanted = role('Custodian', accounts.production);
    const provider = iamArn(accounts.production, 'saml-provider/Sealed');
    expect(await saml('erin', ['--role-arn', wanted, '--provider-arn', provider])).toMatchObject({
      status: 0,
    });
    expect(stage.credentials()).toContain('/Custodian/');
  });

  it('and leaves everything else in the file as it is', async () => {
    const other = '# note\r\n[other]\r\nkey=1\r\n\r\n';
    write(
      `${other}[dev]\r\n# why\r\naws_access_key_id=ASIAOLDOLDOLDOLD1234\r\naws_secret_access_key=x\r\naws_session_token=y\r\n`,
    );
    chmodSync(stage.home.credentialsFile, 0o640);
    expect((await saml('alice', ['--profile', 'dev'])).status).toBe(0);
    expect(stage.contents().credentials).toMatch(
      /^# note\r\n\[other\]\r\nkey=1\r\n\r\n\[dev\]\r\n# why\r\naws_access_key_id=ASIA/,
    );
    expect(statSync(stage.home.credentialsFile).mode & 0o777).toBe(0o640);
  });

  it('for another account over temporary credentials, since the profile is named in the command', async () => {
    await saml('carol', ['--role-arn', role('Developer')]);
    const wanted = role('Operator', accounts.production);
    expect(await saml('carol', ['--role-arn', wanted])).toMatchObject({ status: 0, stderr: '' });
  });

  it('in the file that AWS_SHARED_CREDENTIALS_FILE names', async () => {
    const file = join(stage.home.path, '.aws', 'elsewhere');
    expect(await saml('alice', ['-q'], { AWS_SHARED_CREDENTIALS_FILE: file })).toMatchObject({ status: 0 });
    expect(readFileSync(file, 'utf8')).toMatch(/^\[sts\]\n/);
    expect(stage.credentials()).toBe('');
  });

  it('over long-lived keys only with --replace', async () => {
    write(longLived);
    const { status, stderr } = await refused(saml('alice'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('a long-lived access key')]);
    expect(stderr).toContain('with --replace.\n');
    expect(await saml('alice', ['--replace'])).toMatchObject({ status: 0, stderr: '' });
    expect(stage.credentials()).toMatch(/^# mine\n\[sts\]\naws_access_key_id = ASIA/);
  });
});

describe('roleferry saml asks STS', () => {
  it.each<[string, string, string[], Record<string, string>, string]>([
    [
      'the one that is named',
      'alice',
      ['--region', 'eu-central-1'],
      { AWS_REGION: 'eu-west-1' },
      'eu-central-1',
    ],
    ['AWS_REGION', 'alice', [], { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', 'alice', [], { AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
    ['one in the partition of the role', 'lin', [], { AWS_REGION: 'eu-west-1' }, 'cn-northwest-1'],
  ])('and writes the region %s', async (_, user, args, env, region) => {
    expect(await saml(user, [...args], env)).toMatchObject({ status: 0, stderr: '' });
    expect(configFile()).toBe(`[profile sts]\nregion = ${region}\n`);
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ['named', ['--region', 'un-south-1'], {}, 'Unknown region un-south-1. '],
    ['of the environment', [], { AWS_REGION: 'un-south-1' }, 'Unknown region un-south-1 (from AWS_REGION). '],
  ])('and writes a region that it does not know but is %s, and says so', async (_, args, env, words) => {
    expect(await saml('alice', args, env)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining(words),
    });
    expect(configFile()).toBe('[profile sts]\nregion = un-south-1\n');
    expect(await saml('alice', [...args, '--quiet'], env)).toMatchObject({ status: 0, stderr: '' });
  });

  it('for fewer rights than the role has, of each role by its partition', async () => {
    expect(await saml('lin', ['--read-only', '-q'])).toMatchObject({ status: 0, stderr: '' });
    expect(await saml('alice', ['--read-only', '-q'])).toMatchObject({ status: 0, stderr: '' });
    const arns = stage.rehearsal.requests.map(({ form }) => form.get('PolicyArns.member.1.arn'));
    expect(arns).toEqual([
      'arn:aws-cn:iam::aws:policy/ReadOnlyAccess',
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ]);
  });

  it('for nothing, where the policy is not of the account of each role', async () => {
    const own = iamArn(accounts.development, 'policy/Look');
    const { status, stderr } = await refused(saml('carol', ['--all-roles', '--policy-arn', own]));
    expect([status, stderr]).toEqual([2, expect.stringContaining(`of the role, ${accounts.production}`)]);
    expect(stage.rehearsal.requests).toEqual([]);
  });

  it('for nothing, where the policy would come on stdin as the assertion does', async () => {
    const { status, stderr } = await refused(saml('alice', ['--policy', '-']));
    expect([status, stderr]).toEqual([2, expect.stringContaining('Here the assertion is on stdin.')]);
  });

  it('and says what AWS has against a session policy', async () => {
    stage.rehearsal.onSts = () =>
      stsError(400, 'PackedPolicyTooLarge', 'Packed policy consumes 103% of allotted space, please use');
    const { status, stderr } = await refused(saml('alice', ['--read-only']));
    expect([status, stderr]).toEqual([1, expect.stringContaining('too large for AWS: 103% of what fits')]);
    expect(stderr).toContain('hint: Shorten the policy or name a managed policy instead.');
  });

  it('and says when the region was not written, because the config file may not be changed', async () => {
    writeFileSync(stage.home.configFile, '[default]\nregion = eu-west-3\n');
    chmodSync(stage.home.configFile, 0o444);
    const { status, stdout, stderr } = await saml('alice', ['--profile', 'dev']);
    expect([status, stdout]).toEqual([0, `wrote dev: ${role('Developer')}, 59 min left\n`]);
    expect(stderr).toMatch(
      /^warning: The credentials of dev were written, but not its region = us-east-1\. .*read-only.*\nhint: .+\n$/,
    );
    expect(stage.credentials()).toContain('[dev]');
    expect(configFile()).toBe('[default]\nregion = eu-west-3\n');
    rmSync(stage.home.configFile);
  });

  it('and says once, of all profiles, that the AWS CLI cannot read the file', async () => {
    write('[a]\n[a]\n');
    const { status, stdout, stderr } = await saml('carol', ['--all-roles']);
    expect([status, stdout.match(/^wrote/gm)]).toEqual([0, ['wrote', 'wrote', 'wrote']]);
    expect(stderr).toMatch(/^warning: The AWS CLI cannot read .*: line 2 repeats .*\nhint: .+\n$/);
    const quiet = await saml('alice', ['--quiet']);
    expect([quiet.stdout, quiet.stderr]).toEqual(['', stderr]);
  });

  it('and says when the config file keeps another region than the one that is named', async () => {
    writeFileSync(stage.home.configFile, '[profile sts]\nregion = eu-west-3\n');
    for (const env of [{}, { AWS_REGION: 'eu-west-1' }]) {
      expect(await saml('alice', [], env)).toMatchObject({ status: 0, stderr: '' });
    }
    const { status, stderr } = await saml('alice', ['--region', 'eu-west-1']);
    expect([status, stderr]).toEqual([0, expect.stringContaining('sts: keeps the region eu-west-3')]);
    expect(configFile()).toBe('[profile sts]\nregion = eu-west-3\n');
  });

  it('for the duration that is named, else for that of the assertion', async () => {
    await stage.run(['--duration', '2h'], { input: responseOf('alice', { sessionDuration: 14_400 }) });
    await stage.run([], { input: responseOf('alice', { sessionDuration: 14_400 }) });
    await saml('alice');
    const durations = stage.rehearsal.requests.map(({ form }) => form.get('DurationSeconds'));
    expect(durations).toEqual(['7200', '14400', null]);
  });

  it('for less when the role grants less, and says so', async () => {
    const wanted = role('Operator', accounts.production);
    const { status, stdout, stderr } = await saml('carol', ['--role-arn', wanted, '--duration', '43200']);
    expect([status, stdout]).toEqual([0, `wrote sts: ${wanted}, 1 h 59 min left\n`]);
    expect(stderr).toBe('sts: the role allows 2 h at most, not 12 h\n');
  });
});

describe('roleferry saml --all-roles', () => {
  it('writes a profile for every role, in one write', async () => {
    write('# mine\n');
    const { status, stdout, stderr } = await saml('carol', ['--all-roles', '--profile', '{account}-{role}']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toEqual([
      `wrote 111122223333-developer: ${role('Developer')}, 59 min left`,
      `wrote 444455556666-operator: ${role('Operator', accounts.production)}, 59 min left`,
      `wrote 444455556666-readonly: ${role('ReadOnly', accounts.production)}, 59 min left`,
      '',
    ]);
    expect(stage.credentials().match(/^\[.*\]$/gm)).toEqual([
      '[111122223333-developer]',
      '[444455556666-operator]',
      '[444455556666-readonly]',
    ]);
  });

  describe('of a role that two providers offer', () => {
    const second = iamArn(accounts.development, 'saml-provider/Second');
    const provider = iamArn(accounts.development, 'saml-provider/Rehearsal');
    const offered = {
      roles: [provider, second].map((each) => ({ role: role('Developer'), provider: each })),
    };
    const input = () => responseOf('alice', offered);

    it('takes the first pair, as for that role alone', async () => {
      const { status, stdout } = await stage.run(['--all-roles'], { input: input() });
      expect([status, stdout]).toEqual([
        0,
        `wrote 111122223333-developer: ${role('Developer')}, 59 min left\n`,
      ]);
      expect(stage.rehearsal.requests.map(({ form }) => form.get('PrincipalArn'))).toEqual([provider]);
    });

    it('takes each where the name tells the providers apart', async () => {
      await stage.run(['--all-roles', '--profile', '{provider}-{role}'], { input: input() });
      const asked = stage.rehearsal.requests.map(({ form }) => form.get('PrincipalArn'));
      expect(asked.toSorted()).toEqual([provider, second]);
      expect(stage.credentials()).toContain('[rehearsal-developer]');
    });

    it('takes the named one', async () => {
      await stage.run(['--all-roles', '--provider-arn', second], { input: input() });
      expect(stage.rehearsal.requests.map(({ form }) => form.get('PrincipalArn'))).toEqual([second]);
    });
  });

  it('says which roles would have one name, and not the name that they have already', async () => {
    const alike = ['Dev+Ops', 'Dev-Ops'].map((name) => ({
      role: role(name),
      provider: iamArn(accounts.development, 'saml-provider/Rehearsal'),
    }));
    const { stderr } = await refused(
      stage.run(['--all-roles'], { input: responseOf('alice', { roles: alike }) }),
    );
    expect(stderr).toContain(`111122223333-dev-ops: ${role('Dev+Ops')}, ${role('Dev-Ops')}.`);
    expect(stderr).not.toContain("'{account}-{role}'");
    expect(stderr).toContain('--role-arn ARN --profile NAME');
  });

  it('asks for forty roles side by side, but not for all of them at a time', async () => {
    let open = 0;
    let most = 0;
    let secondIsHere = () => {};
    const second = new Promise<void>((resolve) => {
      secondIsHere = resolve;
    });
    stage.rehearsal.onSts = async () => {
      open += 1;
      most = Math.max(most, open);
      if (open > 1) secondIsHere();
      // The first is not answered before another is asked beside it.
      await second;
      open -= 1;
      return undefined;
    };
    const { status, stdout } = await saml('dave', ['--all-roles', '--profile', '{role}']);
    expect([status, stdout.trimEnd().split('\n').length]).toEqual([0, 40]);
    expect(most).toBeLessThanOrEqual(6);
  });

  it('writes the others when one fails, and says which', async () => {
    write(longLived.replace('[sts]', '[readonly]'));
    stage.rehearsal.onSts = ({ form }) =>
      form.get('RoleArn') === role('Developer') ? stsError(403, 'AccessDenied', 'no') : undefined;
    const { status, stdout, stderr } = await saml('carol', ['--all-roles', '--profile', '{role}']);
    expect([status, stdout]).toEqual([
      1,
      `wrote operator: ${role('Operator', accounts.production)}, 59 min left\n`,
    ]);
    expect(stderr).toContain(`roleferry: ${role('Developer')}: AWS does not let this login assume`);
    expect(stderr).toContain('Roleferry does not overwrite the profile readonly');
    expect(stage.credentials().match(/^\[.*\]$/gm)).toEqual(['[readonly]', '[operator]']);
  });

  it.each([
    [['--profile', 'dev'], 2, 'More than one role would be written to the profile dev'],
    [['--profile', '{account}'], 2, 'More than one role would be written to the profile 444455556666'],
    [['--profile', '{nobody}'], 2, 'it has { in it'],
    [['--exec', 'true'], 2, 'cannot be used with'],
    [['--role-arn', role('Developer')], 2, 'cannot be used with'],
  ])('asks for nothing with %j', async (args, status, words) => {
    const given = await refused(saml('carol', ['--all-roles', ...args]));
    expect(given).toEqual({ status, stderr: expect.stringContaining(words) });
    expect(askedOf()).toEqual([]);
  });
});

describe('roleferry saml with several roles', () => {
  const python = needs('python3');

  it('lists them and ends in 2 where there is no terminal', async () => {
    const { status, stderr } = await refused(saml('bob'));
    expect(status).toBe(2);
    expect(stderr).toBe(
      'roleferry: The assertion offers 2 roles, and none was chosen.\n' +
        'hint: Name one with --role-arn, or take them all with --all-roles.\n' +
        `[0] ${role('Admin')}\n[1] ${role('AdminReadOnly')}\n`,
    );
    expect(askedOf()).toEqual([]);
  });

  it.skipIf(python.missing)('has the user choose on the terminal, although stdin is taken', async () => {
    const { status, shown } = await stage.runOnTerminal(
      [],
      [
        ['Selection: ', 'x\n'],
        ['Selection: ', '2\n'],
        ['Selection: ', '1\n'],
      ],
      { input: responseOf('bob') },
    );
    expect(status).toBe(0);
    const again = 'Enter a number from 0 to 1.\n';
    expect(shown).toBe(
      `Choose a role:\n[0] ${role('Admin')}\n[1] ${role('AdminReadOnly')}\nSelection: x\n${again}` +
        `Selection: 2\n${again}Selection: 1\nwrote sts: ${role('AdminReadOnly')}, 59 min left\n`,
    );
    expect(askedOf()).toEqual([role('AdminReadOnly')]);
  });

  it.skipIf(python.missing)('takes the end of the input for no choice, and Ctrl-C for the end', async () => {
    const given = await stage.runOnTerminal([], [['Selection: ', '\u0004']], { input: responseOf('bob') });
    expect(given).toEqual({ status: 2, shown: expect.stringContaining('none was chosen') });
    const stopped = await stage.runOnTerminal([], [['Selection: ', '\u0003']], {
      input: responseOf('bob'),
    });
    expect(stopped.status).toBe(-2);
    expect(askedOf()).toEqual([]);
    expect(stage.contents()).toEqual({});
  });
});

describe('roleferry saml --exec', () => {
  it('runs the command in a shell with the credentials in its environment, and writes nothing', async () => {
    const { status, stdout, stderr } = await saml(
      'alice',
      ['--exec', 'echo "$AWS_ACCESS_KEY_ID profile=$AWS_PROFILE $AWS_REGION" | tr A-Z a-z; exit 7'],
      { AWS_PROFILE: 'other', AWS_SECURITY_TOKEN: 'old' },
    );
    expect({ status, stdout, stderr }).toEqual({
      status: 7,
      stdout: expect.stringMatching(/^asia\w{16} profile= us-east-1\n$/),
      stderr: '',
    });
    expect(stage.contents()).toEqual({});
  });

  it.each([
    ['the shell’s, where there is one', [], { AWS_REGION: 'eu-west-1' }, 'eu-west-1'],
    ['the one that the command names', ['--region', 'eu-west-2'], { AWS_REGION: 'eu-west-1' }, 'eu-west-2'],
  ])('keeps the region: %s', async (_, args, env, region) => {
    const { stdout } = await saml('alice', [...args, '--exec', 'echo $AWS_REGION'], env);
    expect(stdout).toBe(`${region}\n`);
  });

  it('ends in 127 when there is no such program', async () => {
    const { status, stdout } = await saml('alice', ['--exec', 'no-such-program-here']);
    expect([status, stdout]).toEqual([127, '']);
    expect(stage.contents()).toEqual({});
  });

  it('ends as a shell does when a signal ends the command', async () => {
    for (const line of ['kill -TERM $$', "sh -c 'kill -TERM $$'; exit $?"])
      expect(await saml('alice', ['--exec', line])).toMatchObject({ status: 143 });
    expect(await saml('alice', ['--exec', 'kill -KILL $$'])).toMatchObject({ status: 137 });
  });

  it('runs nothing when STS refuses', async () => {
    stage.rehearsal.onSts = () => stsError(403, 'AccessDenied', 'no');
    const { status } = await refused(saml('alice', ['--exec', 'echo ran']));
    expect(status).toBe(1);
  });
});

describe('roleferry saml changes no file', () => {
  beforeEach(() => write('# mine\n[other]\nkey = 1\n'));

  it.each<[string, string | Uint8Array, string]>([
    ['there is nothing on stdin', '', 'There is no assertion on stdin'],
    ['that is no SAML', 'hello', 'not base64'],
    ['the page has no assertion', '<html><form></form></html>', 'web page without a field SAMLResponse'],
    [
      'that is a word',
      'garbage\n',
      'not a SAML 2.0 response: it is neither XML nor XML in base64.\nhint: Pipe in',
    ],
    ['the XML is cut off', '<samlp:Response', 'not well-formed'],
    [
      'a terminal has cut it',
      `${'A'.repeat(4095)}\n`,
      'ends after 4095 characters: a terminal takes no more',
    ],
    ['it is far too much', new Uint8Array(11 * 1024 * 1024).fill(0x41), '100,000'],
  ])('when %s', async (_, input, words) => {
    const { status, stderr } = await refused(stage.run([], { input }));
    expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  it('when the assertion offers no role, or not the one that is named', async () => {
    const none = await refused(stage.run([], { input: responseOf('alice', { roles: [] }) }));
    expect(none).toEqual({ status: 1, stderr: expect.stringContaining('offers no AWS role') });
    const other = await refused(saml('carol', ['--role-arn', role('Nobody')]));
    expect(other.status).toBe(1);
    expect(other.stderr).toContain(`The role ${role('Nobody')} is not in the assertion.`);
    expect(other.stderr).toContain(`[0] ${role('Developer')}\n`);
    expect(askedOf()).toEqual([]);
  });

  it('when the provider that is named offers nothing in the assertion, with or without a role', async () => {
    const providerArn = iamArn(accounts.development, 'saml-provider/Nope');
    const named = ['--role-arn', role('Developer'), '--provider-arn', providerArn];
    for (const args of [named, named.slice(2)]) {
      const { status, stderr } = await refused(saml('alice', args));
      expect([status, stderr]).toEqual([1, expect.stringContaining(`, not by ${providerArn}.\nhint: `)]);
      expect(stderr).not.toContain('is not in the assertion');
    }
    expect(askedOf()).toEqual([]);
  });

  it('when the credentials file may not be written, not even the config file', async () => {
    chmodSync(stage.home.credentialsFile, 0o400);
    const { status, stderr } = await refused(saml('alice'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('cannot be written: it is read-only')]);
    expect(askedOf()).toEqual([]);
  });

  it('when the credentials file is a link to nothing, before AWS is asked', async () => {
    rmSync(stage.home.credentialsFile);
    symlinkSync('nowhere', stage.home.credentialsFile);
    const { status, stderr } = await saml('alice');
    expect([status, stderr]).toEqual([1, expect.stringContaining('which leads nowhere')]);
    expect(askedOf()).toEqual([]);
    rmSync(stage.home.credentialsFile);
  });

  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('when %s is no region, unless one is named', async (name) => {
    const { status, stderr } = await refused(saml('alice', [], { [name]: 'bogus' }));
    expect([status, stderr]).toEqual([2, expect.stringContaining(`${name} 'bogus' is invalid`)]);
    expect(askedOf()).toEqual([]);
    expect(await saml('alice', ['--region', 'eu-west-1'], { [name]: 'bogus' })).toMatchObject({ status: 0 });
  });

  it.each(['sts.example.com', 'user:hunter2:sts'])('when STS is said to be at %s', async (url) => {
    for (const name of ['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL']) {
      const { status, stderr } = await refused(saml('alice', [], { AWS_ENDPOINT_URL_STS: '', [name]: url }));
      expect([status, stderr]).toEqual([2, expect.stringContaining(`${name} is not an address`)]);
      expect(stderr).not.toContain(url);
    }
  });

  it.each([
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, 1, 'FIPS and custom endpoint are not supported'],
    [{ AWS_USE_DUALSTACK_ENDPOINT: 'true' }, 1, 'Dualstack and custom endpoint are not supported'],
    [{ AWS_USE_FIPS_ENDPOINT: 'true' }, 1, 'use_fips_endpoint (AWS_USE_FIPS_ENDPOINT in the environment)'],
    [{ AWS_DEFAULTS_MODE: 'foo' }, 1, 'does not accept AWS_DEFAULTS_MODE = foo (in the environment)'],
  ])('when the environment has %j, which the SDK refuses beside an endpoint', async (env, status, words) => {
    const given = await refused(saml('alice', [], env));
    expect(given).toEqual({ status, stderr: expect.stringContaining(words) });
    expect(given.stderr).not.toContain('network');
    expect(askedOf()).toEqual([]);
  });

  it('when an encrypted assertion comes without role or provider, or with no ARNs', async () => {
    const refusal = await refused(saml('erin', ['--role-arn', role('Auditor')]));
    expect(refusal).toEqual({ status: 1, stderr: expect.stringContaining('only AWS can read') });
    const wrong = await refused(saml('erin', ['--role-arn', 'x', '--provider-arn', 'y']));
    expect(wrong).toEqual({ status: 2, stderr: expect.stringContaining('not the ARNs') });
  });

  it.each<[string, Parameters<typeof responseOf>[1], string]>([
    ['the assertion is too old', { issueInstant: new Date(Date.now() - 3_600_000) }, 'five minutes'],
    ['the assertion was changed', { tamper: (xml: string) => xml.replace('alice@', 'eve@') }, 'signature'],
    ['the login failed', { status: 'Responder' }, 'authentication failed'],
  ])('when %s', async (_, said, words) => {
    const response = responseOf('alice', said);
    const { status, stderr } = await refused(stage.run([], { input: response }), response);
    expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  it.each(['127.0.0.1:9', 'localhost:4566', 'user:hunter2@sts', 'sts'])(
    'when STS is at %s for the config file',
    async (url) => {
      writeFileSync(stage.home.configFile, `[default]\nendpoint_url = ${url}\n`);
      const { status, stderr } = await refused(saml('alice', [], { AWS_ENDPOINT_URL_STS: '' }));
      expect([status, stderr]).toEqual([1, expect.stringContaining('endpoint_url of STS is not an address')]);
      expect(stderr).not.toContain(url);
    },
  );

  const byConfig = (setting: string) => {
    writeFileSync(stage.home.configFile, setting);
    return { AWS_ENDPOINT_URL_STS: '' };
  };
  const service = (url: string) =>
    `[default]\nservices = mine\n[services mine]\nsts =\n  endpoint_url = ${url}\n`;

  it.each<[string, (url: string) => Record<string, string>]>([
    ['AWS_ENDPOINT_URL_STS', (url) => ({ AWS_ENDPOINT_URL_STS: url })],
    ['AWS_ENDPOINT_URL', (url) => ({ AWS_ENDPOINT_URL_STS: '', AWS_ENDPOINT_URL: url })],
    ['endpoint_url', (url) => byConfig(`[default]\nendpoint_url = ${url}\n`)],
    ['a services section', (url) => byConfig(service(url))],
    ['a profile', (url) => ({ ...byConfig(`[profile here]\nendpoint_url = ${url}\n`), AWS_PROFILE: 'here' })],
  ])('when %s has AWS asked over plain http on another machine', async (_, env) => {
    const { status, stderr } = await refused(saml('alice', [], env('http://sts.rehearsal.test:1/')));
    expect([status, stderr]).toEqual([1, expect.stringContaining('asked at sts.rehearsal.test:1 over http')]);
    expect(stderr).not.toContain('Asking');
  });

  it.each([
    'http://localhost.rehearsal.test',
    'http://127.0.0.1.rehearsal.test',
    'http://localhost@rehearsal.test',
    'http://127.0.0.1:80@rehearsal.test',
    'http://jo:hunter2@127.0.0.1',
    'https://jo:hunter2@sts.us-east-1.amazonaws.com',
    'http://127.1',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://0',
    'http://[::ffff:127.0.0.1]',
    'http://[0:0:0:0:0:0:0:1]',
    'http://localhost.',
    'http:127.0.0.1',
    'http://127.0.0.1\\@rehearsal.test',
    'http://127.0.0.1\t.rehearsal.test',
    'http://169.254.169.254',
  ])('when the endpoint only looks like this machine, as %s does', async (url) => {
    const { status, stderr } = await refused(saml('alice', [], { AWS_ENDPOINT_URL_STS: url }));
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/over http,|has a user name or a password|is not an address/),
    ]);
    expect(stderr).not.toContain('hunter2');
  });

  it('when certificates are not checked, even with an endpoint that needs none', async () => {
    const { status, stderr } = await refused(saml('alice', [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }));
    expect([status, stderr]).toEqual([1, expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED=0 is set')]);
    expect(stderr).toContain('--insecure-tls');
    expect(askedOf()).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])(
    'when STS answers %i, whose new address is not asked',
    async (status) => {
      const location = stage.rehearsal.stsHttpUrl.replace('127.0.0.1', 'localhost');
      stage.rehearsal.onSts = ({ host }) =>
        host.startsWith('localhost') ? undefined : { status, headers: { location }, body: 'elsewhere' };
      const given = await refused(saml('alice'));
      expect(given).toEqual({ status: 1, stderr: expect.stringContaining('Roleferry does not follow') });
      expect(askedOf()).toHaveLength(1);
    },
  );

  it('when STS answers for another role', async () => {
    const arn = 'arn:aws:sts::444455556666:assumed-role/Developer/alice@rehearsal.test';
    stage.rehearsal.onSts = () => ({
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<AssumeRoleWithSAMLResponse><AssumeRoleWithSAMLResult><AssumedRoleUser><Arn>${arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAKIDAKIDAKID1</AccessKeyId><SecretAccessKey>abc</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2031-01-02T03:04:05Z</Expiration></Credentials></AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>`,
    });
    const given = await refused(saml('alice'));
    expect(given).toEqual({ status: 1, stderr: expect.stringContaining(`answered with ${arn}`) });
  });

  it.each([{ AWS_USE_FIPS_ENDPOINT: 'true' }, {}])(
    'when the FIPS endpoint cannot be reached that %j or the config file asks for',
    async (env) => {
      const config = Object.keys(env).length === 0 ? 'use_fips_endpoint = true\n' : '';
      const given = await refused(
        saml('alice', [], {
          ...byConfig(`[default]\n${config}`),
          ...everyNameIsHere,
          ...env,
        }),
      );
      expect(given.stderr).toContain('roleferry: sts-fips.us-east-1.amazonaws.com could not be reached');
    },
  );

  it('when AWS cannot be reached, or something else answers in its place', async () => {
    const gone = await refused(saml('alice', [], { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' }));
    expect(gone).toEqual({ status: 1, stderr: expect.stringContaining('connection was refused') });
    expect(gone.stderr).toContain('roleferry: 127.0.0.1:9 could not be reached');
    for (const setting of ['[default]\nendpoint_url = http://127.0.0.1:9\n', service('http://127.0.0.1:9')]) {
      const configured = await refused(saml('alice', [], byConfig(setting)));
      expect(configured.stderr).toContain('roleferry: 127.0.0.1:9 could not be reached');
    }
    stage.rehearsal.onSts = () => captivePortal();
    const portal = await refused(saml('alice'));
    expect(portal).toEqual({ status: 1, stderr: expect.stringContaining('is not AWS') });
  });

  it.each([
    [['--profile', 'a b'], 'it has a space in it'],
    [['--profile', 'a]\n[b'], 'it has a line break in it'],
    [['--profile', 'DEFAULT'], 'settings of all profiles'],
    [['--region', 'x\ny'], 'A region looks like'],
    [['--region', 'evil.example/'], 'A region looks like'],
    [['--duration', '5'], '900 to 43200'],
    [['--duration', '1d'], 'written like 12h, 90m, 1h30m or 3600'],
    [['--duration', '13h'], '900 to 43200'],
    [['--duration', '14m59s'], '15m to 12h'],
    [['--exec', ' '], 'It is empty'],
    [['--nonsense'], 'unknown option'],
  ])('and asks nobody with %j', async (args, words) => {
    const { status, stderr } = await refused(saml('alice', args));
    expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
    expect(askedOf()).toEqual([]);
  });

  it.each([['AWS_CONFIG_FILE'], ['AWS_SHARED_CREDENTIALS_FILE']])(
    'when %s is a pipe or a device: it says so at once, and keeps the assertion',
    async (name) => {
      const pipe = join(folder, name);
      execFileSync('mkfifo', [pipe]);
      for (const file of [pipe, '/dev/full']) {
        for (const args of [[], ['--exec', 'echo ran']]) {
          const { status, stderr } = await refused(saml('alice', args, { [name]: file }));
          expect([status, stderr]).toEqual([
            1,
            expect.stringContaining(`${file} cannot be read: it is a device or a pipe, not a file.`),
          ]);
        }
      }
      expect(askedOf()).toEqual([]);
    },
  );

  it('not when there is said to be no config file: the region alone is missing then', async () => {
    const none = { AWS_CONFIG_FILE: '/dev/null' };
    expect(await saml('alice', ['--exec', 'echo ran'], none)).toMatchObject({ status: 0, stdout: 'ran\n' });
    expect(await saml('alice', [], none)).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('but not its region = us-east-1. '),
    });
  });

  it('when the file cannot be understood', async () => {
    write('[sts\nbroken');
    const { status, stderr } = await refused(saml('alice'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('line 1')]);
  });

  it('when the config file would win over the new credentials', async () => {
    writeFileSync(stage.home.configFile, '[profile sts]\nrole_arn = arn:aws:iam::111122223333:role/x\n');
    const { status, stderr } = await refused(saml('alice'));
    expect([status, stderr]).toEqual([1, expect.stringContaining('would not be used')]);
  });
});

describe('settings of the AWS SDK that it does not take', () => {
  const inFile = (lines: string, env: Record<string, string> = {}) => {
    writeFileSync(stage.home.configFile, `[default]\n${lines}\n[profile other]\n${lines}\n`);
    return saml('alice', [], env);
  };

  it.each(['foo', 'Auto!', 'true', 'standard legacy'])(
    'are told with their place: defaults_mode = %s',
    async (mode) => {
      const { stderr } = await refused(inFile(`defaults_mode = ${mode}`));
      expect(stderr).toContain(
        `does not accept defaults_mode = ${mode} (profile default in ${stage.home.configFile})`,
      );
      expect(stderr).toContain('it is one of auto, cross-region');
      const other = await refused(inFile(`defaults_mode = ${mode}`, { AWS_PROFILE: 'other' }));
      expect(other.stderr).toContain(`(profile other in ${stage.home.configFile})`);
      const variable = await refused(saml('alice', [], { AWS_DEFAULTS_MODE: mode }));
      expect(variable.stderr).toContain(`does not accept AWS_DEFAULTS_MODE = ${mode} (in the environment)`);
      expect(stage.rehearsal.requests).toEqual([]);
    },
  );

  it('are not told at length: it may be a secret that was pasted there', async () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
    const { stderr } = await refused(inFile(`defaults_mode = ${secret}`));
    expect(stderr).not.toContain(secret.slice(0, 20));
  });

  it.each(['use_fips_endpoint', 'use_dualstack_endpoint'])(
    'are warned of where it passes over them: %s',
    async (name) => {
      const given = await inFile(`${name} = True`);
      expect(given).toMatchObject({
        status: 0,
        stderr: expect.stringContaining(`ignores ${name} = True (profile`),
      });
      const variable = `AWS_${name.toUpperCase()}`;
      const byVariable = await saml('alice', [], { [variable]: 'maybe' });
      expect(byVariable.stderr).toContain(`ignores ${variable} = maybe (in the environment)`);
    },
  );

  it.each([
    'retry_mode = foo',
    'max_attempts = x',
    'sts_regional_endpoints = foo',
    'region = not a region',
    'defaults_mode = Standard',
    'defaults_mode =',
    'sigv4a_signing_region_set = ,',
    'auth_scheme_preference = foo',
    'services = missing',
    'sdk_ua_app_id = with blanks and more',
    'use_fips_endpoint = false',
  ])('keep nobody from logging in where they do not matter here: %s', async (line) => {
    const given = await inFile(line);
    expect([given.status, given.stderr]).toEqual([0, '']);
  });

  it.each([
    'AWS_RETRY_MODE',
    'AWS_MAX_ATTEMPTS',
    'AWS_STS_REGIONAL_ENDPOINTS',
    'AWS_SIGV4A_SIGNING_REGION_SET',
  ])('keep nobody from logging in where they do not matter here: %s=x', async (variable) => {
    const given = await saml('alice', [], { [variable]: 'x' });
    expect([given.status, given.stderr]).toEqual([0, '']);
  });
});
