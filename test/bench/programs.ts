import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { frame } from '../fixtures/host-process.ts';
import { madeExecutable, noExecutables } from '../fixtures/made-executable.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import type { Row } from './row.ts';
import { sideBySide, timed } from './side-by-side.ts';
import { slowSts } from './stopwatch.ts';

const node = fileURLToPath(new URL('../../dist/node/', import.meta.url));

/** Programs from their start on: host, `credential-process`, `saml` and `--help`; and the single executable's. */
export const programs: Row = {
  name: 'programs',
  async *measure(rounds) {
    const rehearsal = await startRehearsal();
    const home = await makeScratchHome();
    try {
      const empty = join(home.path, 'empty.mjs');
      writeFileSync(empty, '');
      writeFileSync(home.credentialsFile, temporaryProfile, { mode: 0o600 });
      const env = { ...home.env, AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl, AWS_REGION: 'us-east-1' };
      const runs = (file: string, args: string[] = [], input = '') =>
        runsProgram(process.execPath, [file, ...args], input);
      const runsProgram = (program: string, args: string[], input = '') =>
        timed(async () => {
          const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
          child.stdin.end(input);
          child.stdout.resume();
          let told = '';
          child.stderr.on('data', (text) => {
            told += text;
          });
          const [status] = await once(child, 'close');
          if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${told}`);
        });
      const floor = () => runs(empty);
      const cli = join(node, 'roleferry.cjs');
      const forAwsTools = join(node, 'credential-process.cjs');
      slowSts(rehearsal, 0);
      const response = rehearsal.issueResponse({ user: 'alice' });
      const developer = iamArn(accounts.development, 'role/Developer');
      const lines = {
        'native host, start to first answer': [1.3, () => hostAnswers(env)],
        'credential-process': [1.6, () => runs(forAwsTools, ['credential-process', '--profile', 'dev'])],
        saml: [4.2, () => runs(cli, ['saml', '--profile', 'new', '--role-arn', developer], response)],
        '--help': [1.6, () => runs(cli, ['--help'])],
      } as const;
      for (const [what, [goal, product]] of Object.entries(lines)) {
        yield {
          what,
          against: 'node with an empty file',
          goal,
          compared: await sideBySide(rounds, product, floor),
        };
      }
      if (noExecutables === undefined) {
        const executable = await madeExecutable('linux-x64');
        const line = ['credential-process', '--profile', 'dev'];
        yield {
          what: 'credential-process of the single executable',
          against: 'the same on Node',
          goal: 1.3,
          compared: await sideBySide(
            rounds,
            () => runsProgram(executable, line),
            () => runs(forAwsTools, line),
          ),
        };
      }
      if (!readFileSync(home.credentialsFile, 'utf8').includes('[new]'))
        throw new Error('saml wrote nothing');
    } finally {
      await home.close();
      await rehearsal.close();
    }
  },
};

const hello = frame({ version: 1, id: 'a', type: 'hello' });

/** From the start of the host until the whole of its first answer is there. */
async function hostAnswers(env: NodeJS.ProcessEnv): Promise<number> {
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [join(node, 'native-host.cjs'), `chrome-extension://${chromiumExtensionId}/`],
    { env },
  );
  child.stdin.write(hello);
  let answer = Buffer.alloc(0);
  for await (const chunk of child.stdout) {
    answer = Buffer.concat([answer, chunk]);
    if (answer.length >= 4 && answer.length >= 4 + answer.readUInt32LE()) break;
  }
  const taken = performance.now() - start;
  const ended = once(child, 'close');
  child.stdin.end();
  await ended;
  if (!answer.includes('"ok":true')) throw new Error(`the host answered ${answer}`);
  return taken;
}

const temporaryProfile = `[dev]
aws_access_key_id = ASIAEXAMPLEEXAMPLE12
aws_secret_access_key = secret
aws_session_token = token
x_security_token_expires = 2099-01-01T00:00:00Z
x_principal_arn = arn:aws:sts::111122223333:assumed-role/Developer/jo
`;
