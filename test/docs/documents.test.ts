import { describe, expect, it } from 'vitest';
import { commandProblems } from './command-problem.ts';
import { documents } from './documents.ts';
import { brokenLinks } from './links.ts';
import type { Document } from './markdown.ts';
import { unmarked } from './play.ts';
import { unsaid } from './screen-texts.ts';

// What people read is true: see “… a document” in CONTRIBUTING.md.

/** Those for developers quote tests and people too. */
const quotesOthers = ({ path }: Document) =>
  /^docs\/(?:decisions\/.*|architecture|threat-model|credentials-file)/.test(path);

describe.each(documents)('$path', (document) => {
  it('has links that lead somewhere', () => {
    expect(brokenLinks(document, documents)).toEqual([]);
  });

  it('has no row of links twice', () => {
    const rows = document.text.split('\n').filter((line) => /^\|.*\]\(/.test(line));
    expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
  });

  it('names commands and options that there are', async () => {
    expect(await commandProblems(document)).toEqual([]);
  });

  it('has commands run by this test, or says in their block why not', () => {
    expect(unmarked(document)).toEqual([]);
  });

  if (!quotesOthers(document)) {
    it('quotes what the product says', () => {
      expect(unsaid(document)).toEqual([]);
    });
  }
});
