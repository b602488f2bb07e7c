import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

const parts = ['argument', 'command', 'error', 'help', 'option', 'suggestSimilar'];

/**
 * Commander can also start a program for each command, and loads what that takes; ours are none such. Its files become
 * modules of their own accord: V8 reads what is wrapped as CommonJS twice before it runs.
 */
export const commanderAlone = (): Plugin =>
  substitute('commander-alone', {
    pieces: {
      'commander/esm.mjs': [
        /^[\s\S]+$/g,
        ['argument', 'command', 'error', 'option']
          .map((part) => `export * from './lib/${part}.js';`)
          .join('\n'),
      ],
      ...Object.fromEntries(parts.map((part) => [`commander/lib/${part}.js`, asModule])),
    },
  });

const asModule: [from: RegExp, to: (...found: string[]) => string] = [
  /const (?:childProcess|process) = require\('node:\w+'\);|const (\{.*\}) = require\('(\.\/\w+)(?:\.js)?'\)|exports\.(\w+) = \3/g,
  (_, names, file, exported) => {
    if (exported !== undefined) return `export { ${exported} }`;
    return names === undefined ? '' : `import ${names} from '${file}.js'`;
  },
];
