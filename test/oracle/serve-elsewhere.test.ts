import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { onTwoMachines, twoMachinesMissing } from '../fixtures/two-machines.ts';
import { needs } from '../needs.ts';

const run = promisify(execFile);
const botocore = needs('botocore');

/** What an AWS tool finds by itself on the other machine. */
const ask = `${botocore.path} -c "import botocore.session
found = botocore.session.get_session().get_credentials()
print(found.access_key if found else 'none')"`;

/** The variables as the shell over there reads them, never on a command line. */
const told = `printf 'export AWS_CONTAINER_AUTHORIZATION_TOKEN=%s AWS_CONTAINER_CREDENTIALS_FULL_URI=%s AWS_EC2_METADATA_DISABLED=true HOME=/nonexistent\\n' "$AWS_CONTAINER_AUTHORIZATION_TOKEN" "$AWS_CONTAINER_CREDENTIALS_FULL_URI"`;

describe.skipIf(botocore.missing || twoMachinesMissing())(
  'roleferry serve, asked from another machine',
  () => {
    let cli: BuiltCli;
    let home: CliHome;

    beforeAll(async () => {
      cli = await buildCli();
      home = cli.newHome({ credentials: temporarySection('dev') });
    }, 60_000);
    afterAll(() => cli.close());

    /** What the shell prints that `serve` runs on the own machine. */
    async function serving(args: string[], line: string, before = ''): Promise<string> {
      const folder = mkdtempSync(join(home.path, 'machines-'));
      const serve = [
        process.execPath,
        cli.file,
        'serve',
        'dev',
        '--port',
        '9911',
        ...args,
        '--',
        'sh',
        '-c',
        line,
      ];
      const program = ['sh', '-ec', `${before}\n"$@"`, 'sh', ...serve];
      const [file = '', ...rest] = onTwoMachines(folder, program);
      return (await run(file, rest, { env: home.env, cwd: home.path })).stdout;
    }

    it('gives credentials through a tunnel of SSH, to the port that the tunnel has there', async () => {
      const line = `{ ${told} | sed s/:9911/:9922/; cat <<'end'\n${ask}\nend\n} | $LOGIN -R 9922:127.0.0.1:9911 sh`;
      expect(await serving([], line)).toBe('ASIAEXAMPLEEXAMPLE12\n');
    });

    it('cannot be reached from there without one', async () => {
      const line = `$THERE curl -sS -m 2 -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" http://10.77.0.1:9911/credentials 2>&1 || true`;
      expect(await serving([], line)).toMatch(/Failed to connect|Connection refused|Couldn't connect/);
    });

    it('serves a bridge at the address that it is told', async () => {
      const line = `$THERE curl -sS -m 5 -H "Authorization: $AWS_CONTAINER_AUTHORIZATION_TOKEN" $AWS_CONTAINER_CREDENTIALS_FULL_URI`;
      expect(JSON.parse(await serving(['--listen', '10.77.0.1'], line))).toMatchObject({
        AccessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      });
    });

    it('serves AWS SDKs behind a bridge at the address of ECS, which they ask without TLS', async () => {
      const line = `{ ${told}; cat <<'end'\n${ask}\nend\n} | $THERE sh`;
      const address = 'ip address add 169.254.170.2/32 dev own';
      expect(await serving(['--listen', '169.254.170.2'], line, address)).toBe('ASIAEXAMPLEEXAMPLE12\n');
    });
  },
);
