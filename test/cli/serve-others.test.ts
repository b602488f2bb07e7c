import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome } from '../fixtures/built-cli.ts';
import { type Serving, servingOf, stopServing } from '../fixtures/serving.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';

let cli: BuiltCli;
let rehearsal: Rehearsal;
let serving: Serving | undefined;

beforeAll(async () => {
  [cli, rehearsal] = await Promise.all([buildCli(), startRehearsal()]);
}, 60_000);
afterAll(async () => {
  cli?.close();
  await rehearsal?.close();
});
afterEach(async () => {
  if (serving) await stopServing(serving);
  serving = undefined;
});

async function serve(home: CliHome, profile: string): Promise<Serving> {
  const env = { AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl, AWS_EC2_METADATA_DISABLED: 'true' };
  serving = await servingOf(home.start(['serve', profile, '--shell', 'json'], env));
  return serving;
}

/** A home whose profile `tool` has a program that prints `output`, and counts how often it ran. */
function withProcess(output: object, more = ''): { home: CliHome; runs: () => number } {
  const home = cli.newHome();
  const log = join(home.path, 'runs');
  const program = `sh -c 'echo run >> ${log}; cat ${home.path}/output'`;
  writeFileSync(join(home.path, 'output'), JSON.stringify({ Version: 1, ...output }));
  writeFileSync(home.configFile, `[profile tool]\ncredential_process = ${program}\n${more}`);
  return { home, runs: () => readFileSync(log, 'utf8').trim().split('\n').length };
}

const temporary = { AccessKeyId: 'ASIAEXAMPLEEXAMPLE12', SecretAccessKey: 's', SessionToken: 't' };

it('hands out a role that another profile assumes, for which AWS is asked once', async () => {
  const home = cli.newHome({
    credentials:
      '[me]\naws_access_key_id = AKIAREHEARSALURSULA1\naws_secret_access_key = rehearsal/only/secret/of/ursula/00000001\n',
    config: `[profile deploy]\nrole_arn = ${iamArn(accounts.production, 'role/Deploy')}\nsource_profile = me\n`,
  });
  const { ask } = await serve(home, 'deploy');
  const answers = await Promise.all(Array.from({ length: 8 }, ask));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers[0]?.body).toMatchObject({
    AccessKeyId: expect.stringMatching(/^ASIA/),
    Token: expect.any(String),
    Expiration: expect.any(String),
    AccountId: accounts.production,
  });
  expect(rehearsal.requests.filter(({ action }) => action === 'AssumeRole')).toHaveLength(1);
});

it('asks the program of a profile again when its credentials are about to end', async () => {
  const Expiration = new Date(Date.now() + 4 * 60_000).toISOString();
  const { home, runs } = withProcess({ ...temporary, Expiration });
  const { ask } = await serve(home, 'tool');
  const before = runs();
  expect(await ask()).toMatchObject({ status: 200, body: { Token: 't', Expiration } });
  expect(runs()).toBe(before + 1);
});

it('has clients ask again soon where nobody says when credentials end', async () => {
  const { ask } = await serve(withProcess(temporary).home, 'tool');
  const { body } = await ask();
  expect(Date.parse(String(body.Expiration)) - Date.now()).toBeLessThan(16 * 60_000);
});

it('asks for no MFA code behind an answer', async () => {
  const device = iamArn(accounts.development, 'mfa/ursula');
  const { ask } = await serve(withProcess(temporary, `mfa_serial = ${device}\n`).home, 'tool');
  expect(await ask()).toMatchObject({ status: 403, body: { Code: 'ProfileMfaNeeded' } });
});

it('hands out no keys that are not temporary', () => {
  const { home } = withProcess({ AccessKeyId: 'AKIAEXAMPLEEXAMPLE12', SecretAccessKey: 's' });
  const done = home.run(['serve', 'tool']);
  expect(done).toMatchObject({ status: 1, stdout: '' });
  expect(done.stderr).toMatch(/^roleferry: The profile tool has no temporary credentials .+\nhint: .+\n$/);
});
