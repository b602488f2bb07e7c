import type { Plugin } from 'vite';

/**
 * Writes every character outside of ASCII as an escape. A single one of them in a file has Node keep the whole of it in
 * two bytes a character, which takes longer to make and to compile.
 */
export const ascii = (): Plugin => ({
  name: 'ascii',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      const [unfit] = meansAnother.exec(file.code) ?? [];
      if (unfit) this.error(`in ${file.fileName} an escape would mean something else: ${unfit}`);
      file.code = file.code.replace(/[^\0-\x7f]/g, escaped);
    }
  },
});

/** What the escape would be escaped by, or read as it is written. */
const meansAnother = /\\[^\0-\x7f]|\.raw`[^`]*[^\0-\x7f]/;

const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
