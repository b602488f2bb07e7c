import { dirname, join } from 'node:path/posix';
import { expect, it } from 'vitest';
import { documents } from './documents.ts';

/** Where a page leads by at most this many links, one after the other. */
function within(clicks: number, start: string): Set<string> {
  const reached = new Set([start]);
  for (let click = 0; click < clicks; click++) {
    for (const { path, links } of documents.filter((one) => reached.has(one.path))) {
      for (const link of links) reached.add(join(dirname(path), link.split('#')[0] ?? ''));
    }
  }
  return reached;
}

it('every document but decisions is two clicks or less from the start page', () => {
  const reached = within(2, 'docs/README.md');
  const far = documents.map(({ path }) => path).filter((path) => !reached.has(path));
  expect(far.filter((path) => !path.startsWith('docs/decisions/'))).toEqual([]);
});
