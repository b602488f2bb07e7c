import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { firstRunScreens } from './screenshots/first-run.ts';
import { optionsScreens } from './screenshots/options.ts';
import { popupScreens } from './screenshots/popup.ts';
import { shownInDocuments } from './screenshots/shown-in-documents.ts';

describe('the pictures in the repository', () => {
  const folder = new URL('../docs/screenshots/', import.meta.url);
  /** Of film/take-film.ts, which needs a browser. */
  const films = ['at-work-dark.gif', 'at-work-light.gif'];
  const shown = [...shownInDocuments()].sort();

  it('are those that a document shows, and no others', () => {
    expect(shown).toEqual(expect.arrayContaining(films));
    expect(readdirSync(folder).sort()).toEqual(shown);
  });

  it('are all taken by npm run screenshots', () => {
    const screens = [...popupScreens, ...optionsScreens, ...firstRunScreens];
    const taken = screens.flatMap(({ name }) => [`${name}-light.png`, `${name}-dark.png`]);
    expect([...taken, ...films]).toEqual(expect.arrayContaining(shown));
  });

  it('are shown soon on a slow line: the moving ones have less than 2 MB each', () => {
    const large = films.filter((name) => statSync(new URL(name, folder)).size >= 2_000_000);
    expect(large).toEqual([]);
  });
});
