import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

/**
 * Makes webextension-polyfill a module of its own accord. What turns a CommonJS one into such a module looks at each
 * property of what it exports, and the browser builds every API of an extension when it is looked at for the first
 * time: more work than all else that the worker does at its start.
 */
export const polyfillModule = (): Plugin =>
  substitute('polyfill-module', {
    pieces: {
      'webextension-polyfill/dist/browser-polyfill.js': [
        /^\(function \(global, factory\) \{[\s\S]*?, function \(module\) \{([\s\S]*)\}\);\n/g,
        'const module = {};\n(() => {$1})();\nexport default module.exports;\n',
      ],
    },
  });
