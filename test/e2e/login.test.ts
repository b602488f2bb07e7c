import { execFile } from 'node:child_process';
import { watch } from 'node:fs';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { openStage, type Stage, savedAs, submitLogin } from './stage.ts';

const run = promisify(execFile);
const cli = fileURLToPath(new URL('../../dist/node/roleferry.cjs', import.meta.url));
const missing = needs('chromium').missing || needs('certutil').missing;
const aws = needs('aws');
const link = 'https://idp.rehearsal.test/?user=alice';

describe.skipIf(missing)('a login that is begun in the terminal', () => {
  let stage: Stage;
  let env: Record<string, string>;

  beforeAll(async () => {
    stage = await openStage();
    const asked = join(stage.home.path, 'asked');
    const browser = join(stage.home.path, 'browser');
    await writeFile(
      browser,
      `#!/bin/sh\nprintf '%s' "$1" > '${asked}.new' && mv '${asked}.new' '${asked}'\n`,
    );
    await chmod(browser, 0o700);
    env = { ...stage.home.env, BROWSER: browser };
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await popup.close();
  });

  afterAll(() => stage?.close());

  /** Does in the running browser what the user does there when a program has opened an address. */
  async function logInWhereAsked(): Promise<string> {
    const asked = join(stage.home.path, 'asked');
    const url = await new Promise<string>((resolve) => {
      const watcher = watch(stage.home.path, async () => {
        const text = await readFile(asked, 'utf8').catch(() => undefined);
        if (text === undefined) return;
        watcher.close();
        resolve(text);
      });
    });
    await rm(asked);
    const page = await stage.browser.newPage();
    await page.goto(url);
    await submitLogin(page, 'button');
    await page.close();
    return url;
  }

  const keyIn = (text: string) => /ASIA\w{16}/.exec(text)?.[0];

  it('ends when the extension has delivered', async () => {
    const before = keyIn(await stage.credentialsFile());
    const opened = logInWhereAsked();
    const { stdout } = await run(process.execPath, [cli, 'login', '--profile', 'dev', '--link', link], {
      env,
    });
    expect(await opened).toBe(link);
    expect(stdout).toMatch(/^dev has credentials until \d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
    expect(keyIn(await stage.credentialsFile())).not.toBe(before);
  });

  it.skipIf(aws.missing)('heals a profile for the AWS CLI, which waits for it', async () => {
    await run(process.execPath, [cli, 'configure-process', 'dev', '--login'], { env });
    await run(process.execPath, [cli, 'forget', 'dev'], { env });
    const opened = logInWhereAsked();
    const args = [
      'sts',
      'get-caller-identity',
      '--profile',
      'dev',
      '--region',
      'us-east-1',
      '--output',
      'text',
    ];
    const { stdout } = await run(aws.path, [...args, '--endpoint-url', stage.rehearsal.stsHttpUrl], { env });
    expect(stdout).toContain('assumed-role/Developer/alice');
    expect(await opened).toBe(link);
    expect(keyIn(await stage.credentialsFile())).toBeUndefined();
  });

  it('lets a command run as soon as it is done', async () => {
    await run(process.execPath, [cli, 'forget', 'dev'], { env });
    const opened = logInWhereAsked();
    const command = [process.execPath, '-p', 'process.env.AWS_ACCESS_KEY_ID'];
    const { stdout } = await run(process.execPath, [cli, 'exec', '--profile', 'dev', '--', ...command], {
      env,
    });
    expect(keyIn(stdout)).toBeDefined();
    await opened;
  });
});
