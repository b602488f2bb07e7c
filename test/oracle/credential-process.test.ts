import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome } from '../fixtures/built-cli.ts';
import { deliverLogin } from '../fixtures/deliver-login.ts';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

const run = promisify(execFile);
const aws = needs('aws');
const boto3 = needs('boto3');

/** One process for many calls, as a server or a long computation is: a call for each line of stdin. */
const program = `
import sys, boto3, botocore.exceptions
sts = boto3.Session(profile_name='dev').client('sts', region_name='us-east-1', endpoint_url=sys.argv[1])
for line in sys.stdin:
    try:
        print(sts.get_caller_identity()['Arn'], flush=True)
    except botocore.exceptions.ClientError as error:
        print(error.response['Error']['Code'], flush=True)
    except botocore.exceptions.CredentialRetrievalError as error:
        print('no credentials:', error.args[0].splitlines()[-1], flush=True)
`;

describe('a process profile, asked by', () => {
  let rehearsal: Rehearsal;
  let cli: BuiltCli;
  let home: CliHome;
  /** How far the clock of the rehearsal is ahead of ours; milliseconds. */
  let ahead = 0;

  beforeAll(async () => {
    rehearsal = await startRehearsal({ now: () => Date.now() + ahead });
    cli = await buildCli();
    home = cli.newHome();
    expect(home.run(['configure-process', 'dev'])).toMatchObject({ status: 0 });
  }, 60_000);

  afterAll(async () => {
    cli?.close();
    await rehearsal?.close();
  });

  const logIn = (roleSessionName: string, durationSeconds: number) =>
    deliverLogin(rehearsal, home, roleSessionName, durationSeconds, ahead);

  it.skipIf(aws.missing)('the AWS CLI, is whoever logged in last', async () => {
    const asked = async () => {
      const args = ['sts', 'get-caller-identity', '--profile', 'dev', '--region', 'us-east-1'];
      const more = ['--output', 'text', '--query', 'Arn', '--endpoint-url', rehearsal.stsHttpUrl];
      return (await run(aws.path, [...args, ...more], { env: home.env })).stdout.trim();
    };
    await expect(asked()).rejects.toThrow('There are no credentials for the profile dev yet');
    await logIn('first', 900);
    expect(await asked()).toMatch(/assumed-role\/Developer\/first$/);
    await logIn('second', 900);
    expect(await asked()).toMatch(/assumed-role\/Developer\/second$/);
  });

  it.skipIf(boto3.missing)(
    'a boto3 process that outlives its first credentials, has new ones after a login',
    async () => {
      ahead = -840_000;
      expect(await logIn('old', 900)).toBeLessThan(61_000);
      ahead = 0;
      const child = spawn(boto3.path, ['-c', program, rehearsal.stsHttpUrl], { env: home.env });
      child.stderr.pipe(process.stderr);
      const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
      const ask = async () => {
        child.stdin.write('\n');
        return (await answers.next()).value;
      };
      expect(await ask()).toMatch(/assumed-role\/Developer\/old$/);
      // Two minutes later, by the clock that counts.
      ahead = 120_000;
      expect(await ask()).toBe('ExpiredToken');
      await logIn('new', 900);
      expect(await ask()).toMatch(/assumed-role\/Developer\/new$/);
      child.stdin.end();
      expect(await once(child, 'close')).toEqual([0, null]);
      ahead = 0;
    },
  );
});
