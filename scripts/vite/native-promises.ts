import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

/**
 * Leaves out of webextension-polyfill what it knows of each API that takes callbacks: with manifest version 3 all of
 * them give promises. What it does for listeners of messages stays, since Chromium takes no promise from those.
 */
export const nativePromises = (): Plugin =>
  substitute('native-promises', {
    pieces: {
      'webextension-polyfill/dist/browser-polyfill.js': [
        /const apiMetadata = \{[\s\S]*?\n {6}\};/g,
        'const apiMetadata = { native: {} };',
      ],
    },
  });
