import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

/**
 * Leaves out of webextension-polyfill what it does for developer tools, other extensions, tabs and privacy settings, and
 * its count of arguments, which is TypeScript's. A reply that nobody can take any more is not logged.
 */
export const polyfillParts = (): Plugin =>
  substitute('polyfill-parts', {
    pieces: {
      'webextension-polyfill/dist/browser-polyfill.js': [
        /const onRequestFinishedWrappers[\s\S]*?(?=const onMessageWrappers)|devtools: \{[\s\S]*?\},\n(?= +runtime:)|onMessageExternal: .*\n|,\n +tabs: \{[\s\S]*?\}\)\n +\}(?=\n +\};\n)|if \(args\.length [<>] metadata\.m(?:in|ax)Args\) \{[\s\S]*?\n +\}\n|const pluralizeArguments = .*\n|console\.error\("Failed to send onMessage rejected reply", err\);|if \(Object\.keys\(apiMetadata\)\.length === 0\) \{[\s\S]*?\n +\}\n|const settingMetadata =[\s\S]*?(?=return wrapObject\(extensionAPIs)/g,
        '',
      ],
    },
  });
