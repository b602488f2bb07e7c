import { expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { openLink } from './open-link.ts';

it('on Windows a link is opened by the program of Windows itself, named by its whole path', async () => {
  // No machine has Windows there, so nothing is started.
  const env = { SystemRoot: 'Q:\\Windows', PATH: process.cwd() };
  expect(await openLink('https://idp.example/', { env, platform: 'win32' })).toMatchObject({
    failure: saying('browser-not-opened', 'there is no program Q:\\Windows\\System32\\rundll32.exe'),
  });
});
