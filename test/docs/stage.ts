import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { temporarySection } from '../fixtures/built-cli.ts';
import { startConnectProxy } from '../rehearsal/connect-proxy.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import { shellEnv } from '../rehearsal/shell-env.ts';

/** Where the commands of documents run. */
export interface Stage {
  /** What a shell sources to work with the rehearsal in this home. */
  shellEnvFor(home: string): string;
  /** Folders by the name that a block gives, which are copied for it. */
  homes: Record<string, string>;
  /** Where homes may be made. */
  folder: string;
  /** The folder of the built programs, for `dist/node` in homes. */
  programs: string;
  /** Paths of this machine, and what readers see in their place. */
  places: Record<string, string>;
  close(): Promise<void>;
}

const execute = promisify(execFile);

/** A rehearsal AWS, and a home whose profiles are `dev` (a login), `old` (expired) and `mine` (long-lived keys). */
export async function openStage(program: string): Promise<Stage> {
  const rehearsal = await startRehearsal();
  const proxy = await startConnectProxy(rehearsal);
  const folder = mkdtempSync(join(dirname(program), 'docs-'));
  const bin = join(dirname(program), 'bin');
  symlinkSync(process.execPath, join(bin, 'node'));
  standIn(join(bin, 'wl-copy'), 'cat > /dev/null');
  standIn(join(bin, 'a-browser'), 'curl -s -o /dev/null "$1"');
  const authorityFile = join(folder, 'authority.pem');
  writeFileSync(authorityFile, rehearsal.caCertificatePem);
  const shellEnvFor = (home: string) => shellEnv({ home, bin, proxyPort: proxy.port, authorityFile });
  const empty = join(folder, 'empty');
  const login = join(folder, 'login');
  const profiles = join(folder, 'profiles');
  const put = (name: string, text: string) => writeFileSync(join(login, name), text, { mode: 0o600 });
  mkdirSync(empty);
  mkdirSync(join(login, '.aws'), { recursive: true, mode: 0o700 });
  put('.aws/config', '[profile dev]\nregion = eu-central-1\n');
  for (const user of ['alice', 'bob']) put(`${user}.saml`, rehearsal.issueResponse({ user }));
  const logIn = 'roleferry saml --profile dev < alice.saml';
  const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' };
  await execute('/bin/sh', ['-c', `${shellEnvFor(login)}${logIn}`], { env, cwd: login });
  cpSync(login, profiles, { recursive: true });
  appendFileSync(
    join(profiles, '.aws/credentials'),
    `\n${temporarySection('old', { expiration: '2020-01-01T00:00:00Z' })}\n${longLived}`,
  );
  return {
    shellEnvFor,
    homes: { empty, login, profiles },
    folder,
    programs: dirname(program),
    places: { [dirname(program)]: '/opt/roleferry' },
    async close() {
      await proxy.close();
      await rehearsal.close();
    },
  };
}

/** A program that only does what others wait for. */
const standIn = (file: string, line: string) => writeFileSync(file, `#!/bin/sh\n${line}\n`, { mode: 0o755 });

const longLived = '[mine]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = EXAMPLEKEY\n';
