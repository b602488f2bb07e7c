import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/core/config';

export type Sections = Record<string, Record<string, string>>;

/** What botocore makes of a file: its sections, and the credentials it would sign with for one profile. */
export interface BotocoreAnswer {
  sections: Sections | null;
  credentials: [accessKeyId: string, secretAccessKey: string, sessionToken: string] | null;
}

const program = `
import base64, json, sys
import botocore.configloader, botocore.credentials, botocore.exceptions
path = sys.argv[1]
for line in sys.stdin:
    question = json.loads(line)
    with open(path, 'wb') as f:
        f.write(base64.b64decode(question['content']))
    answer = {'sections': None, 'credentials': None}
    try:
        botocore.configloader.raw_config_parse(path)
        answer['sections'] = botocore.configloader.raw_config_parse(path, parse_subsections=False)
        found = botocore.credentials.SharedCredentialProvider(path, question['profile']).load()
        if found is not None:
            answer['credentials'] = [found.access_key, found.secret_key, found.token]
    except (botocore.exceptions.ConfigParseError, botocore.exceptions.PartialCredentialsError):
        pass
    print(json.dumps(answer), flush=True)
`;

/** One botocore that answers question after question, since starting Python for each would take a second. */
export async function startBotocore(python: string) {
  const folder = mkdtempSync(join(tmpdir(), 'roleferry-oracle-'));
  const child = spawn(python, ['-X', 'utf8', '-c', program, join(folder, 'credentials')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async read(content: Buffer, profile: string): Promise<BotocoreAnswer> {
      child.stdin.write(`${JSON.stringify({ content: content.toString('base64'), profile })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('botocore ended early');
      return JSON.parse(value) as BotocoreAnswer;
    },
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

/** What the SDK for JavaScript reads from a credentials file. */
export async function readWithJavaScript(content: Buffer): Promise<Sections> {
  externalDataInterceptor.interceptFile('/oracle/credentials', content.toString('utf8'));
  externalDataInterceptor.interceptFile('/oracle/config', '');
  const files = { filepath: '/oracle/credentials', configFilepath: '/oracle/config' };
  return (await loadSharedConfigFiles(files)).credentialsFile as Sections;
}
