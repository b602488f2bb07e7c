import { expect, it } from 'vitest';
import { ownShell } from './own-shell.ts';

it.each([
  [{ SHELL: '/usr/bin/fish' }, '/usr/bin/fish'],
  [{}, '/bin/sh'],
  [{ SHELL: '' }, '/bin/sh'],
  [{ SHELL: './evil' }, '/bin/sh'],
  [{ SHELL: 'bash' }, '/bin/sh'],
])('of %j is %s', (env, shell) => {
  expect(ownShell(env, 'linux')).toBe(shell);
});

const ofWindows =
  'C:\\Program Files\\WindowsPowerShell\\Modules;C:\\Windows\\system32\\WindowsPowerShell\\v1.0\\Modules';
const windowsPowerShell = `C:\\Users\\jo\\Documents\\WindowsPowerShell\\Modules;${ofWindows}`;

it.each([
  [
    'cmd.exe',
    { ComSpec: 'C:\\Windows\\System32\\cmd.exe', PSModulePath: ofWindows },
    'C:\\Windows\\System32\\cmd.exe',
  ],
  [
    'Windows PowerShell',
    { PSModulePath: windowsPowerShell },
    'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  ],
  [
    'PowerShell 7',
    { PSModulePath: `C:\\Users\\jo\\Documents\\PowerShell\\Modules;${windowsPowerShell}` },
    'pwsh',
  ],
  [
    'Git Bash',
    { SHELL: 'C:\\Program Files\\Git\\usr\\bin\\bash.exe' },
    'C:\\Program Files\\Git\\usr\\bin\\bash.exe',
  ],
  [
    'a shell of the current folder',
    { SHELL: 'bash.exe', ComSpec: 'cmd.exe' },
    'C:\\Windows\\System32\\cmd.exe',
  ],
  ['nothing', {}, 'C:\\Windows\\System32\\cmd.exe'],
])('on Windows, from %s', (_, env, shell) => {
  expect(ownShell(env, 'win32')).toBe(shell);
});
