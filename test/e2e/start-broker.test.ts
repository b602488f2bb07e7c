import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { prepareShow, type ShowRunner } from './started-show.ts';

// The built CLI and the built broker; `npm test` builds first.
const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('npm start -- --broker', () => {
  let show: ShowRunner;

  beforeEach(async () => {
    show = await prepareShow('start-broker.ts');
  });

  afterEach(() => show.close());

  async function expectNothingLeft(said: string) {
    await show.expectNothingLeft();
    // They know nothing of the folder.
    const addresses = said.match(/http:\/\/127\.0\.0\.1:\d+$/gm) ?? [];
    expect(addresses).toHaveLength(3);
    for (const address of addresses) await expect(fetch(address), address).rejects.toThrow();
  }

  it('shows a login and a machine’s token become profiles that sign, and leaves pictures and nothing else', async () => {
    const child = show.start();
    const [[status], stdout, stderr] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    expect(status, stderr).toBe(0);

    expect(stderr).toMatch(/^\$ roleferry request http:\/\/127\.0\.0\.1:\d+ dev --profile dev …$/m);
    expect(stderr).toContain('logging in as alice');
    expect(stdout).toContain('wrote dev: arn:aws:iam::111122223333:role/brokered/Dev');
    expect(stdout).toContain(profile('dev'));
    expect(callerWith('the profile dev', stdout)).toMatch(/^arn:.*:assumed-role\/Dev\/alice@example\.com$/);

    expect(stderr).toMatch(/AWS_CONTAINER_CREDENTIALS_FULL_URI=http:.*\/v1\/roles\/deploy$/m);
    expect(stderr).toMatch(/ deploy --token-file \S+ --profile deploy …$/m);
    expect(stdout).toContain('wrote deploy: arn:aws:iam::444455556666:role/brokered/Deploy');
    expect(stdout).toContain(profile('deploy'));
    const deployed = /^arn:.*:assumed-role\/Deploy\/repo-example-shop-/;
    expect(callerWith('these variables alone', stdout)).toMatch(deployed);
    expect(callerWith('the profile deploy', stdout)).toMatch(deployed);

    expect(stdout + stderr).not.toMatch(/eyJ|ASIA\w/);
    expect(await readdir(show.pictures)).toEqual(['1-login.png', '2-logged-in.png']);
    await expectNothingLeft(stderr);
  });

  it('leaves nothing behind when it is ended in the middle of the login', async () => {
    await expectNothingLeft(await show.interrupt('picture:', 'SIGTERM'));
  });
});

const profile = (name: string) =>
  `[${name}]\naws_access_key_id = ASIA…\naws_secret_access_key = …\naws_session_token = …\n`;

/** Who STS said it was. */
function callerWith(whose: string, stdout: string): string | undefined {
  const [, answer = '{}'] = stdout.split(`GetCallerIdentity with ${whose}, through `);
  return /"Arn": "([^"]*)"/.exec(answer)?.[1];
}
