import type { FailureWords } from '../../../failure-words.ts';

export const registration = {
  'browser-not-found': (p, roleferry) => [
    `No browser was found for this user. Looked for: ${p.lookedFor}.`,
    `Name the one you use with --browser, for example: ${roleferry} install --browser chrome`,
  ],
  'browser-not-here': (p) => [
    `The host cannot be registered with ${p.browser} like this: ${p.reason}.`,
    'To see browsers and options:',
  ],
  'browser-sandboxed': (p) => [
    `${p.browser} may not start programs outside its ${p.packaging} sandbox, so no profile can be written.`,
    `Use a browser that was not installed through ${p.packaging}, or copy the credentials as env vars from the popup, which needs no host.`,
  ],
  'browser-in-windows': () => [
    'No browser was found in WSL, and those of Windows start programs of Windows only.',
    'In PowerShell, run:',
  ],
  'wsl-not-found': (p) => [
    `The home folder in WSL cannot be found: ${p.reason}.`,
    'To see your distributions:',
  ],
  'extension-id-invalid': () => [
    'This is not an extension ID.',
    'An ID is 32 letters from a to p in Chromium browsers, and looks like name@example.org or {uuid} in Firefox.',
  ],
  'node-gone': (p) => [
    `The Node that Roleferry was installed with, ${p.node}, is gone, and no other new enough was found.`,
    'Install Node 20.19 or newer of 20, or 22.12 or newer, then run again:',
  ],
  'host-file-missing': (p) => [
    `The host's own file ${p.file} is not there.`,
    'Reinstall Roleferry; in a checkout of its sources run: npm run build',
  ],
  'registry-refused': (p) => [
    `Windows refused to change the registry key ${p.key}.`,
    'Check with the administrator of this machine whether you may change your own registry keys.',
  ],
} satisfies Partial<FailureWords>;
