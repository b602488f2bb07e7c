import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { callerIdentity } from '../rehearsal/caller-identity.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { Stage } from './cli-stage.ts';

const aws = needs('aws');
const built = fileURLToPath(new URL('../../dist/node/aws_role_credentials.cjs', import.meta.url));
const deploy = iamArn(accounts.production, 'role/Deploy');
const emergency = iamArn(accounts.production, 'role/Emergency');
const readOnly = iamArn(accounts.production, 'role/ReadOnly');
const device = iamArn(accounts.development, 'mfa/ursula');
const ursula = {
  AWS_ACCESS_KEY_ID: 'AKIAREHEARSALURSULA1',
  AWS_SECRET_ACCESS_KEY: 'rehearsal/only/secret/of/ursula/00000001',
};

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open(['/bin/sh', '-c']);
  // As npm installs it: a link of that name on the PATH.
  const bin = join(stage.home.path, 'bin');
  mkdirSync(bin);
  symlinkSync(built, join(bin, 'aws_role_credentials'));
  writeFileSync(join(bin, 'oktaauth'), `#!/bin/sh\ncat "$HOME/$2.xml"\n`, { mode: 0o755 });
  stage.home.env.PATH = `${bin}:${stage.home.env.PATH}`;
});

afterAll(() => stage.close());

beforeEach(() => {
  stage.clean();
  for (const [name, user] of [
    ['jobloggs', 'alice'],
    ['carol', 'carol'],
  ] as const) {
    const xml = Buffer.from(stage.rehearsal.issueResponse({ user }), 'base64');
    writeFileSync(join(stage.home.path, `${name}.xml`), xml);
  }
});

const sh = (line: string, env: Record<string, string> = {}) => stage.run([line], { env });

/** Whom the AWS CLI speaks for with the profile `name` of the file that was written. */
async function identityOf(name: string): Promise<string> {
  const { answer } = await callerIdentity({
    env: { ...stage.home.env, AWS_PROFILE: name },
    stsHttpUrl: stage.rehearsal.stsHttpUrl,
    aws: aws.path,
  });
  return JSON.parse(answer).Arn;
}

const session = (account: string, rest: string) => `arn:aws:sts::${account}:assumed-role/${rest}`;

describe.skipIf(aws.missing)('every call in the README of aws_role_credentials works:', () => {
  it('saml', async () => {
    const line = 'oktaauth -u jobloggs | aws_role_credentials saml --profile dev';
    expect(await sh(line)).toMatchObject({ status: 0 });
    expect(await identityOf('dev')).toBe(session(accounts.development, 'Developer/alice@rehearsal.test'));
  });

  it('saml with a role', async () => {
    const given = await sh(
      `oktaauth -u carol | aws_role_credentials saml --profile dev --role-arn ${readOnly}`,
    );
    expect(given).toMatchObject({ status: 0 });
    expect(await identityOf('dev')).toBe(session(accounts.production, 'ReadOnly/carol@rehearsal.test'));
  });

  it('user', async () => {
    const given = await sh(
      `aws_role_credentials user \\\n  ${deploy} jobloggs-session \\\n  --profile dev`,
      ursula,
    );
    expect(given).toMatchObject({ status: 0 });
    expect(await identityOf('dev')).toBe(session(accounts.production, 'Deploy/jobloggs-session'));
  });

  it('user with MFA', async () => {
    const given = await sh(
      `aws_role_credentials user \\\n  ${emergency} jobloggs-session \\\n  --profile dev \\\n` +
        `  --mfa-serial-number ${device} \\\n  --mfa-token 123456`,
      ursula,
    );
    expect(given).toMatchObject({ status: 0 });
    expect(await identityOf('dev')).toBe(session(accounts.production, 'Emergency/jobloggs-session'));
  });

  it('user, whichever way the AWS files lead to his credentials', async () => {
    const { AWS_ACCESS_KEY_ID: AccessKeyId, AWS_SECRET_ACCESS_KEY: SecretAccessKey } = ursula;
    const output = join(stage.home.path, 'output.json');
    writeFileSync(output, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
    writeFileSync(
      stage.home.configFile,
      `[default]\ncredential_process = cat ${output}\n` +
        `[profile chained]\nrole_arn = ${deploy}\nsource_profile = default\nregion = us-east-1\n` +
        '[profile sso]\nsso_start_url = https://x.awsapps.com/start\nsso_region = us-east-1\n' +
        'sso_account_id = 111122223333\nsso_role_name = x\n',
    );
    const line = `aws_role_credentials user -q ${deploy} jobloggs-session`;
    expect(await sh(line)).toMatchObject({ status: 0, stderr: '' });
    expect(await identityOf('sts')).toBe(session(accounts.production, 'Deploy/jobloggs-session'));
    const chained = await sh(line, { AWS_PROFILE: 'chained' });
    expect(chained).toMatchObject({ status: 1, stderr: expect.stringContaining(`assume ${deploy}`) });
    const sso = await sh(line, { AWS_PROFILE: 'sso' });
    expect(sso).toMatchObject({ status: 1, stderr: expect.stringContaining('aws sso login') });
  });

  it('transient mode', async () => {
    const command = `${aws.path} sts get-caller-identity --output json --endpoint-url ${stage.rehearsal.stsHttpUrl}`;
    const given = await sh(
      `aws_role_credentials user \\\n  ${deploy} jobloggs-session \\\n  --exec '${command}'`,
      ursula,
    );
    expect(given.status).toBe(0);
    expect(JSON.parse(given.stdout).Arn).toBe(session(accounts.production, 'Deploy/jobloggs-session'));
    expect(stage.contents()).toEqual({});
  });
});

describe('aws_role_credentials, as scripts know it,', () => {
  it('writes the keys of the old tool into the credentials file, under sts and for us-east-1', async () => {
    const { status } = await sh('oktaauth -u jobloggs | aws_role_credentials saml', {
      AWS_REGION: 'eu-west-1',
    });
    expect(status).toBe(0);
    const [, token] = /^aws_session_token = (.+)$/m.exec(stage.credentials()) ?? [];
    expect(stage.credentials().split('\n')).toEqual([
      '[sts]',
      'region = us-east-1',
      'output = json',
      expect.stringMatching(/^aws_access_key_id = ASIA/),
      expect.stringMatching(/^aws_secret_access_key = ./),
      `aws_security_token = ${token}`,
      `aws_session_token = ${token}`,
      expect.stringMatching(/^x_security_token_expires = .+Z$/),
      `x_principal_arn = ${session(accounts.development, 'Developer/alice@rehearsal.test')}`,
      '',
    ]);
    expect(Object.keys(stage.contents())).toEqual(['credentials']);
  });

  it('hints only at what it can do itself', async () => {
    const several = await sh('oktaauth -u carol | aws_role_credentials saml');
    expect(several).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('\nhint: Name one with --role-arn.\n'),
    });
    const nothing = await sh('true | aws_role_credentials saml');
    expect(nothing.stderr).toContain('| aws_role_credentials saml\n');
  });

  it('gives the profile the region and the output of each call anew', async () => {
    writeFileSync(
      stage.home.credentialsFile,
      '# mine\n[dev]\nregion=eu-west-1 # why\noutput=text\naws_access_key_id=ASIAOLDOLDOLDOLD1234\n' +
        'aws_secret_access_key=x\naws_security_token=old\nca_bundle=/x\n[other]\nregion=eu-west-1\n',
    );
    chmodSync(stage.home.credentialsFile, 0o640);
    const line = 'oktaauth -u jobloggs | aws_role_credentials saml --profile dev --region eu-central-1 -q';
    expect(await sh(line)).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(stage.credentials()).toMatch(
      /^# mine\n\[dev\]\n# why\nregion=eu-central-1\noutput=json\naws_access/,
    );
    expect(stage.credentials()).toMatch(/\nca_bundle=\/x\n\[other\]\nregion=eu-west-1\n$/);
    expect(stage.credentials()).not.toContain('=old');
    expect(statSync(stage.home.credentialsFile).mode & 0o777).toBe(0o640);
  });

  it('says on stdout where the credentials are and when they end, and on stderr who it is', async () => {
    const { stdout, stderr } = await sh('oktaauth -u jobloggs | aws_role_credentials saml --profile dev');
    expect(stdout).toContain(`${stage.home.credentialsFile} under the profile dev.`);
    expect(stdout).toMatch(/expire at 20\d\d-\d\d-\d\dT[\d:]+Z\./);
    expect(stdout).toContain('aws --profile dev ');
    expect(stderr).toMatch(/^aws_role_credentials \(Roleferry\) [\d.]+\n$/);
  });

  it('prints nothing of its own on stdout when it runs a command', async () => {
    const given = await sh(`oktaauth -u jobloggs | aws_role_credentials saml --exec 'echo hello'`);
    expect(given).toMatchObject({ status: 0, stdout: 'hello\n' });
  });

  it('takes the command apart without a shell', async () => {
    const command = `printf "%s|" "a b" $HOME a;b *`;
    const given = await sh(`oktaauth -u jobloggs | aws_role_credentials saml -q --exec '${command}'`);
    expect(given).toMatchObject({ status: 0, stdout: 'a b|$HOME|a;b|*|', stderr: '' });
  });

  it.each(['-V', '--version', 'saml -V', 'user --version'])('prints its version with %s', async (args) => {
    const given = await sh(`aws_role_credentials ${args}`);
    expect(given).toMatchObject({ status: 0, stdout: expect.stringMatching(/ [\d.]+\n$/), stderr: '' });
  });

  it.each(['', 'saml', 'user'])('has help for %j', async (command) => {
    const { status, stdout } = await sh(`aws_role_credentials ${command} --help`);
    expect([status, stdout]).toEqual([0, expect.stringContaining('Usage: aws_role_credentials')]);
  });
});

describe('aws_role_credentials, where it does better than the old tool,', () => {
  it('reads base64 too', async () => {
    const given = await sh('oktaauth -u jobloggs | base64 | aws_role_credentials saml -q');
    expect(given).toMatchObject({ status: 0, stderr: '' });
  });

  it('takes no other role than the one that is named', async () => {
    const given = await sh(`oktaauth -u carol | aws_role_credentials saml -q --role-arn ${readOnly}x`);
    expect(given).toMatchObject({ status: 1, stderr: expect.stringContaining(`${readOnly}x is not in the`) });
    expect(stage.contents()).toEqual({});
    expect(stage.rehearsal.requests).toEqual([]);
  });

  it('ends as the command ends', async () => {
    const exec = (command: string) =>
      sh(`aws_role_credentials user -q ${deploy} jo --exec ${command}`, ursula);
    expect(await exec(`'sh -c "exit 5"'`)).toMatchObject({ status: 5, stderr: '' });
    expect(await exec('no-such-program')).toMatchObject({ status: 127 });
    expect(await exec(`"it's"`)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('unclosed quote'),
    });
  });

  it('passes on a signal', async () => {
    const line = `exec aws_role_credentials user -q ${deploy} jo --exec 'sh -c "trap \\"echo told; exit 9\\" TERM; kill -TERM $PPID; while :; do sleep 0.05; done"'`;
    expect(await sh(line, ursula)).toMatchObject({ status: 9, stdout: 'told\n' });
  });

  it('overwrites long-lived keys only with --replace', async () => {
    const keys = '[dev]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = x\n';
    writeFileSync(stage.home.credentialsFile, keys);
    const line = 'oktaauth -u jobloggs | aws_role_credentials saml -q --profile dev';
    expect(await sh(line)).toMatchObject({ status: 1, stderr: expect.stringContaining('long-lived') });
    expect(stage.credentials()).toBe(keys);
    expect(await sh(`${line} --replace`)).toMatchObject({ status: 0, stderr: '' });
  });

  it('writes the file that AWS_SHARED_CREDENTIALS_FILE names', async () => {
    const env = { AWS_SHARED_CREDENTIALS_FILE: join(stage.home.path, '.aws', 'elsewhere') };
    expect(await sh('oktaauth -u jobloggs | aws_role_credentials saml -q', env)).toMatchObject({ status: 0 });
    expect(Object.keys(stage.contents())).toEqual(['elsewhere']);
  });

  it('lists the roles and ends in 2 when there are several and no terminal', async () => {
    const given = await sh('oktaauth -u carol | aws_role_credentials saml -q');
    expect(given).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(`] ${readOnly}\n`),
    });
    expect(stage.contents()).toEqual({});
  });
});
