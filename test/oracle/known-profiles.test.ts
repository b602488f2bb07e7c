import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { knownProfiles } from '../../src/credentials-file/index.ts';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { some } from '../tries.ts';

const run = promisify(execFile);
const aws = needs('aws');

let folder: string;
let rehearsal: Rehearsal;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roleferry-oracle-'));
  rehearsal = await startRehearsal();
});
afterAll(async () => {
  await rehearsal.close();
  rmSync(folder, { recursive: true });
});

const files = () => ({ credentialsFile: join(folder, 'credentials'), configFile: join(folder, 'config') });
const environment = () => ({
  HOME: folder,
  PATH: process.env.PATH,
  AWS_SHARED_CREDENTIALS_FILE: files().credentialsFile,
  AWS_CONFIG_FILE: files().configFile,
  AWS_EC2_METADATA_DISABLED: 'true',
  // For a role, this AWS CLI asks no STS but AWS's, and nothing leaves this machine.
  HTTPS_PROXY: 'http://127.0.0.1:9',
  LANG: 'C.UTF-8',
});

async function known(content: { credentials?: string; config?: string }) {
  writeFileSync(files().credentialsFile, content.credentials ?? '');
  writeFileSync(files().configFile, content.config ?? '');
  const all = await knownProfiles(files());
  return all.ok ? all.value : [];
}

describe.skipIf(aws.missing)('the profiles that the AWS CLI lists are the known ones', () => {
  it.each(
    some<[string, { credentials?: string; config?: string }]>([
      ['in no file', {}],
      [
        'in both files, each once',
        {
          credentials: '[dev]\na = b\n[other]\n',
          config: '[profile dev]\nregion = x\n[profile more]\nregion = x\n',
        },
      ],
      ['called default in the config file', { config: '[default]\nregion = x\n' }],
      [
        'called default in both ways',
        { config: '[default]\nregion = x\n[profile default]\noutput = json\n' },
      ],
      [
        'with a source_profile',
        { config: '[profile a]\nrole_arn = arn:aws:iam::123456789012:role/A\nsource_profile = b\n' },
      ],
      [
        'beside sections that are no profiles',
        {
          config:
            '[sso-session s]\nsso_region = x\n[services s]\ns3 =\n  endpoint_url = x\n[preview]\na = b\n[other]\na = b\n[profile a]\nsso_session = s\n',
        },
      ],
      ['in quotes', { config: '[profile "my own"]\nregion = x\n[profile \'b\']\nregion = x\n' }],
      ['with a blank and no quotes', { config: '[profile my own]\nregion = x\n' }],
      ['with a blank in the credentials file', { credentials: '[my own]\na = b\n' }],
      ['with two blanks before them', { config: '[profile  a]\nregion = x\n' }],
      ['with nothing in them', { config: '[profile a]\n[profile b]\n', credentials: '[c]\n' }],
      ['in other alphabets', { config: '[profile müller]\nregion = x\n', credentials: '[ключ]\na = b\n' }],
      ['with the characters that names may have', { config: '[profile a/b.c_d@e+f:g%h-1]\nregion = x\n' }],
    ]),
  )('%s', async (_, content) => {
    const ours = (await known(content)).map(({ name }) => name);
    const { stdout } = await run(aws.path, ['configure', 'list-profiles'], { env: environment() });
    expect(ours.toSorted()).toEqual(stdout.split('\n').filter(Boolean).toSorted());
  });
});

describe.skipIf(aws.missing)('the source that the AWS CLI takes is the known one, with', () => {
  const user =
    'aws_access_key_id = AKIAREHEARSALURSULA1\naws_secret_access_key = rehearsal/only/secret/of/ursula/00000001\n';
  const role = `role_arn = ${iamArn(accounts.production, 'role/Deploy')}\nsource_profile = other\nrole_session_name = jo\n`;
  const sso =
    'sso_start_url = https://corp.example\nsso_region = us-east-1\nsso_account_id = 123456789012\nsso_role_name = A\n';
  const process = "credential_process = /bin/sh -c 'echo the process >&2; exit 1'\n";

  /** What the AWS CLI says of who it is, or why it is nobody. */
  async function identity(): Promise<string> {
    const args = ['sts', 'get-caller-identity', '--profile', 'me', '--region', 'us-east-1'];
    const more = ['--output', 'text', '--query', 'Arn', '--endpoint-url', rehearsal.stsHttpUrl];
    try {
      return (await run(aws.path, [...args, ...more], { env: environment() })).stdout;
    } catch (error) {
      return String((error as { stderr?: unknown }).stderr);
    }
  }

  const said = {
    role: /connect to proxy.*sts\.|proxy URL/,
    'web-identity': /No such file/,
    sso: /SSO/,
    keys: /user\/ursula/,
    login: /never/,
    process: /the process/,
    roleferry: /never/,
    none: /locate credentials/,
  };

  it.each(
    some<[string, { credentials?: string; config?: string }]>([
      ['keys in the config file', { config: `[profile me]\n${user}` }],
      [
        'keys in the credentials file and a process',
        { credentials: `[me]\n${user}`, config: `[profile me]\n${process}` },
      ],
      [
        'keys in the credentials file and SSO',
        { credentials: `[me]\n${user}`, config: `[profile me]\n${sso}` },
      ],
      ['SSO and a process', { config: `[profile me]\n${sso}${process}` }],
      [
        'a session of SSO without an account',
        {
          config: `[profile me]\nsso_session = s\n[sso-session s]\nsso_region = x\nsso_start_url = https://corp.example\n`,
        },
      ],
      ['a process', { config: `[profile me]\n${process}` }],
      ['a role and SSO', { credentials: `[other]\n${user}`, config: `[profile me]\n${role}${sso}` }],
      [
        'a role and keys',
        {
          credentials: `[other]\n${user}[me]\naws_access_key_id = AKIAX\naws_secret_access_key = x\n`,
          config: `[profile me]\n${role}`,
        },
      ],
      [
        'a token file, a source and keys',
        { credentials: `[me]\n${user}`, config: `[profile me]\n${role}web_identity_token_file = /nowhere\n` },
      ],
      [
        'a source_profile and no role',
        { credentials: `[me]\n${user}`, config: `[profile me]\nsource_profile = other\n` },
      ],
      ['a region', { config: '[profile me]\nregion = us-east-1\n' }],
    ]),
  )('%s', async (_, content) => {
    const source = (await known(content)).find(({ name }) => name === 'me')?.source ?? 'none';
    expect(await identity()).toMatch(said[source]);
  });
});
