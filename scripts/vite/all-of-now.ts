import type { Plugin } from 'vite';
import { substitute } from './substitute.ts';

/** Gives `src/cli/now.ts` a copy of all that it needs, for a file of its own: Node takes long to find another file. */
export const allOfNow = (): Plugin =>
  substitute('all-of-now', {
    copy: { by: '/src/cli/now.ts', packages: /\/(src|node_modules)\//, mark: '?now' },
  });
