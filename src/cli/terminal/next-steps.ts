import type { Installed } from '../../native-host/registration/install-steps.ts';

/**
 * What the user must do after an installation, since browsers let no program add an extension. One entry for each folder
 * with an extension.
 */
export const nextSteps = (installed: Installed[]): string[] =>
  installed.flatMap(({ browser, extension, target }) => {
    if (extension === undefined) return [];
    return [(extension === 'chromium' ? inChromium : inFirefox)(browser ?? '', target)];
  });

const inChromium = (browser: string, folder: string): string =>
  [
    `next, in ${browser}: open chrome://extensions, switch on "Developer mode", press "Load unpacked" and choose`,
    `  ${folder}`,
    '  If Roleferry is there already, press its reload arrow instead.',
  ].join('\n');

// https://extensionworkshop.com/documentation/develop/temporary-installation-in-firefox/
const inFirefox = (browser: string, folder: string): string =>
  [
    `next, in ${browser}: open about:debugging#/runtime/this-firefox, press "Load Temporary Add-on" and choose`,
    `  ${folder}${folder.includes('\\') ? '\\' : '/'}manifest.json`,
    '  If Roleferry is there already, press its "Reload" button instead.',
    '  Firefox keeps it until it is closed: only what Mozilla has signed stays for good.',
  ].join('\n');
