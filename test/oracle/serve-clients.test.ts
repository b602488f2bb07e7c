import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli, type CliHome } from '../fixtures/built-cli.ts';
import { deliverLogin } from '../fixtures/deliver-login.ts';
import { type Serving, servingOf, stopServing } from '../fixtures/serving.ts';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

const run = promisify(execFile);
const aws = needs('aws');
const botocore = needs('botocore');
const patience = { timeout: 20_000 };
const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Programs that run for long, with what the SDK finds by itself: for each line of stdin, that many clients at once sign a
 * call each. They print who they are, or why not, each once.
 */
const programs = {
  botocore: `
import sys, threading, botocore.session
def client():
    return botocore.session.get_session().create_client('sts', region_name='us-east-1', endpoint_url=sys.argv[1])
first = []
def one(count):
    if count > 1: return client()
    if not first: first.append(client())
    return first[0]
for line in sys.stdin:
    answers, count = set(), int(line)
    def ask():
        try: answers.add(one(count).get_caller_identity()['Arn'])
        except Exception as error: answers.add(str(error))
    threads = [threading.Thread(target=ask) for _ in range(count)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    print(' | '.join(answers), flush=True)
`,
  javascript: `
import { createInterface } from 'node:readline';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
const client = () => new STSClient({ region: 'us-east-1', endpoint: process.argv[1] });
const first = client();
const ask = (sts) => sts.send(new GetCallerIdentityCommand()).then(({ Arn }) => Arn, (error) => error.message);
for await (const line of createInterface(process.stdin)) {
  const clients = line === '1' ? [first] : Array.from({ length: Number(line) }, client);
  console.log([...new Set(await Promise.all(clients.map(ask)))].join(' | '));
}
`,
};

const clients = [
  { name: 'Debian’s botocore', missing: botocore.missing, command: [botocore.path, '-c', programs.botocore] },
  {
    name: 'the AWS SDK for JavaScript',
    missing: false,
    command: [process.execPath, '--input-type=module', '-e', programs.javascript],
  },
];

describe('roleferry serve, asked by', () => {
  let cli: BuiltCli;
  let rehearsal: Rehearsal;
  let home: CliHome;
  let serving: Serving;
  /** How far the clock of the rehearsal is ahead of ours; milliseconds. */
  let ahead = 0;

  beforeAll(async () => {
    [cli, rehearsal] = await Promise.all([buildCli(), startRehearsal({ now: () => Date.now() + ahead })]);
    home = cli.newHome();
    await logIn('first', 900);
    serving = await servingOf(home.start(['serve', 'dev', '--shell', 'json']));
  }, 60_000);
  afterAll(async () => {
    if (serving) await stopServing(serving);
    cli?.close();
    await rehearsal?.close();
  });
  beforeEach(() => {
    ahead = 0;
  });

  const logIn = (name: string, seconds: number) => deliverLogin(rehearsal, home, name, seconds, ahead);
  /** What a container would have: no AWS files. */
  const container = () => ({
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_NO_WARNINGS: '1',
    ...serving.variables,
  });

  function start([file = '', ...args]: string[], env: Record<string, string> = container()) {
    const child: ChildProcess = spawn(file, [...args, rehearsal.stsHttpUrl], { env, cwd: repository });
    child.stderr?.pipe(process.stderr);
    const lines = createInterface(child.stdout as NonNullable<typeof child.stdout>)[Symbol.asyncIterator]();
    return {
      ask: async (count = 1): Promise<string> => {
        child.stdin?.write(`${count}\n`);
        return (await lines.next()).value;
      },
      end: () => child.stdin?.end(),
    };
  }

  describe.skipIf(aws.missing)('Debian’s AWS CLI', () => {
    const args = () => ['sts', 'get-caller-identity', '--output', 'text', '--query', 'Arn'];
    const more = () => ['--region', 'us-east-1', '--endpoint-url', rehearsal.stsHttpUrl];

    it('in a container signs a call', async () => {
      await logIn('cli', 900);
      const { stdout } = await run(aws.path, [...args(), ...more()], { env: container() });
      expect(stdout).toMatch(/assumed-role\/Developer\/cli\n$/);
    });

    it('as its command does too, though default is somebody else’s', async () => {
      const other = cli.newHome({
        credentials: '[default]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\n',
      });
      await deliverLogin(rehearsal, other, 'command', 900);
      const child = other.start(['serve', 'dev', '--', aws.path, ...args(), ...more()]);
      expect(await text(child.stdout as NonNullable<typeof child.stdout>)).toMatch(
        /assumed-role\/Developer\/command\n$/,
      );
    });

    it('says why when there is nothing to hand out', async () => {
      await logIn('cli', 900);
      writeFileSync(home.credentialsFile, '');
      await expect(run(aws.path, [...args(), ...more()], { env: container() })).rejects.toThrow(
        /403.*"Code":"ProfileNotFound","Message":"There is no profile dev/,
      );
    });

    it('gets nothing with another token', async () => {
      await logIn('cli', 900);
      const env = { ...container(), AWS_CONTAINER_AUTHORIZATION_TOKEN: 'x' };
      await expect(run(aws.path, [...args(), ...more()], { env })).rejects.toThrow(
        /401.*"Code":"InvalidToken"/,
      );
    });
  });

  describe.each(clients)('$name', ({ missing, command }) => {
    it.skipIf(missing)('has the credentials of a login that came while it runs', async () => {
      ahead = -840_000;
      expect(await logIn('old', 900)).toBeLessThan(61_000);
      ahead = 0;
      const client = start(command);
      expect(await client.ask()).toMatch(/assumed-role\/Developer\/old$/);
      await logIn('new', 900);
      // The SDK for JavaScript asks behind the call that it makes with the old ones.
      await vi.waitUntil(async () => (await client.ask()).endsWith('/new'), patience);
      client.end();
    });

    it.skipIf(missing)('goes on after it found none', async () => {
      rmSync(home.credentialsFile);
      const client = start(command);
      expect(await client.ask()).not.toContain('assumed-role');
      await logIn('late', 900);
      expect(await client.ask()).toMatch(/assumed-role\/Developer\/late$/);
      client.end();
    });

    it.skipIf(missing)('thirty-two at once', async () => {
      await logIn('many', 900);
      const client = start(command);
      expect(await client.ask(32)).toMatch(/^arn:\S+:assumed-role\/Developer\/many$/);
      client.end();
    });

    it.skipIf(missing)('gets nothing without the token, or with another one', async () => {
      await logIn('mine', 900);
      const { AWS_CONTAINER_AUTHORIZATION_TOKEN: _, ...without } = container();
      const others = [without, { ...without, AWS_CONTAINER_AUTHORIZATION_TOKEN: 'x' }].map((env) =>
        start(command, env),
      );
      const said = await Promise.all(others.map((client) => client.ask()));
      for (const words of said) expect(words).not.toContain('assumed-role');
      for (const client of others) client.end();
    });
  });
});
