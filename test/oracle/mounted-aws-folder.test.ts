import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { awsFilesOf } from '../../src/native-host/registration/aws-files.ts';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { needs } from '../needs.ts';

const botocore = needs('botocore');
const unshare = needs('unshare');

/**
 * An AWS tool in a container that reads the mounted file all the time. For each line of stdin it prints which writes it has
 * seen since, and as `torn` what belongs to no one write.
 */
const reader = `
import sys, threading, botocore.configloader
seen, lock = set(), threading.Lock()
def read():
    try: found = botocore.configloader.raw_config_parse(sys.argv[1])['dev']
    except Exception as error: return 'torn: ' + repr(error)
    key, token = found.get('aws_access_key_id', ''), found.get('aws_session_token', '')
    return token if key.endswith(token) else 'torn: ' + repr(found)
def go_on():
    while True:
        what = read()
        with lock: seen.add(what)
threading.Thread(target=go_on, daemon=True).start()
print('ready', flush=True)
for line in sys.stdin:
    last = read()
    with lock:
        print(' '.join(sorted(each for each in seen if each.startswith('torn')) + [last]), flush=True)
        seen.clear()
`;

describe.skipIf(botocore.missing || unshare.missing)('~/.aws, mounted into a container', () => {
  let cli: BuiltCli;
  let home: CliHome;
  let container: ChildProcess;

  beforeAll(async () => {
    cli = await buildCli();
  }, 60_000);
  beforeEach(() => {
    home = cli.newHome({ credentials: temporarySection('other') });
  });
  afterAll(() => {
    container?.kill('SIGKILL');
    cli.close();
  });

  /** A login, written as the host does. */
  async function write(number: number): Promise<void> {
    const token = `WRITE${number}`;
    const update = {
      name: 'dev',
      credentials: {
        accessKeyId: `ASIAEXAMPLE${token}`,
        secretAccessKey: 'secret',
        sessionToken: token,
        expiration: '2099-01-01T00:00:00Z',
      },
      principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
    };
    const files = awsFilesOf(join(home.path, '.local/share/roleferry'), home.filesEnv);
    expect(await writeProfiles(files, [update])).toMatchObject({ ok: true, value: [{ ok: true }] });
  }

  /** Starts the reader where `outside` is mounted at `inside`. Gives what asks it. */
  async function startReader(outside: string, inside: string, file: string): Promise<() => Promise<string>> {
    const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
    const program = [botocore.path, '-c', reader, file];
    container = spawn(unshare.path, ['-rm', 'sh', '-c', script, 'sh', outside, inside, ...program]);
    const lines = createInterface(container.stdout as NonNullable<typeof container.stdout>)[
      Symbol.asyncIterator
    ]();
    expect((await lines.next()).value).toBe('ready');
    return async () => {
      container.stdin?.write('\n');
      return (await lines.next()).value;
    };
  }

  it('as a folder: tools there see each login at once, and never a half', async () => {
    await write(0);
    const mount = mkdtempSync(join(home.path, 'container-'));
    const ask = await startReader(join(home.path, '.aws'), mount, join(mount, 'credentials'));
    expect(await ask()).toBe('WRITE0');
    for (let number = 1; number <= 40; number += 1) await write(number);
    expect(await ask()).toBe('WRITE40');
    container.kill();
  });

  it('as a file: tools there see no login that comes later, so the documents say to mount the folder', async () => {
    await write(0);
    const mount = join(home.path, 'mounted');
    writeFileSync(mount, '');
    const ask = await startReader(home.credentialsFile, mount, mount);
    await write(1);
    expect(await ask()).toBe('WRITE0');
    container.kill();
  });
});
