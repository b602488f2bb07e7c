import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstRunScreens } from './screenshots/first-run.ts';
import { optionsScreens } from './screenshots/options.ts';
import { popupScreens } from './screenshots/popup.ts';
import { shownInDocuments } from './screenshots/shown-in-documents.ts';

describe('the pictures in the repository', () => {
  const shown = [...shownInDocuments()].sort();

  it('are those that a document shows, and no others', () => {
    expect(shown).toContain('popup-at-work-light.png');
    expect(readdirSync(new URL('../docs/screenshots', import.meta.url)).sort()).toEqual(shown);
  });

  it('are all taken by npm run screenshots', () => {
    const screens = [...popupScreens, ...optionsScreens, ...firstRunScreens];
    const taken = screens.flatMap(({ name }) => [`${name}-light.png`, `${name}-dark.png`]);
    expect(taken).toEqual(expect.arrayContaining(shown));
  });
});
