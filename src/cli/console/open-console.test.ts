import { expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { openConsole } from './open-console.ts';

const link = 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=secret';

it('says so where a program was opened and no browser came', async () => {
  const { PATH } = process.env;
  const opened = await openConsole(link, { browser: 'true' }, { env: { PATH }, platform: 'linux' }, 0.01);
  expect(opened).toEqual({
    ok: false,
    failure: saying('console-not-opened', /no browser asked for it within 0.01 s\. .*--print/),
  });
  expect(JSON.stringify(opened)).not.toContain('secret');
});

it('opens containers on Windows by the Firefox that its setup puts there', async () => {
  // No machine that runs this has it there, so nothing is started.
  const opened = await openConsole(link, { container: 'dev' }, { env: { PATH: '' }, platform: 'win32' }, 10);
  const program = 'C:\\Program Files\\Mozilla Firefox\\firefox.exe';
  expect(opened).toEqual({
    ok: false,
    failure: saying('console-not-opened', `there is no program ${program}`),
  });
});
