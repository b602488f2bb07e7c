import { expect, it } from 'vitest';
import { noBrowser } from './no-browser.ts';

const inContainer = (path: string) => path === '/.dockerenv';

it.each<[string | undefined, NodeJS.Platform, Record<string, string>, ((path: string) => boolean)?]>([
  [undefined, 'linux', { DISPLAY: ':0' }],
  [undefined, 'linux', { WAYLAND_DISPLAY: 'wayland-0' }],
  [undefined, 'linux', { SSH_CONNECTION: 'a', DISPLAY: 'localhost:10.0' }],
  [undefined, 'linux', { CODESPACES: 'true', BROWSER: '/vscode/bin/helpers/browser.sh' }],
  [undefined, 'linux', { REMOTE_CONTAINERS: 'true', BROWSER: '/vscode/bin/helpers/browser.sh' }],
  [undefined, 'linux', { WSL_DISTRO_NAME: 'Debian' }],
  [undefined, 'darwin', {}],
  [undefined, 'win32', {}],
  ['this is an SSH session', 'linux', { SSH_CONNECTION: 'a' }],
  ['this is an SSH session', 'linux', { SSH_CONNECTION: 'a', BROWSER: '', DISPLAY: '' }],
  ['this is an SSH session', 'darwin', { SSH_CONNECTION: 'a' }],
  ['this is an SSH session', 'win32', { SSH_CONNECTION: 'a' }],
  ['this is a codespace', 'linux', { CODESPACES: 'true' }],
  ['this is a container', 'linux', { REMOTE_CONTAINERS: 'true' }],
  ['this is a container', 'linux', {}, inContainer],
  ['there is no display', 'linux', {}],
])('says %s on %s with %j', (why, platform, env, isFile = () => false) => {
  expect(noBrowser(env, platform, isFile)).toBe(why);
});
