import { describe, expect, it } from 'vitest';
import budgets from './budgets.json' with { type: 'json' };
import { builtSizes } from './built-sizes.ts';

// These look at what `npm run build` made; `npm test` builds first.
const built = builtSizes();

describe('what is shipped stays small:', () => {
  it('each part has a budget', () => {
    expect(Object.keys(budgets)).toEqual(Object.keys(built));
  });

  it.each(Object.entries(budgets))('the %s keeps to its budget', (part, budget) => {
    const { files, all } = built[part] ?? { files: {}, all: { minified: Infinity, gzip: Infinity } };
    const grown = (['minified', 'gzip'] as const)
      .filter((kind) => all[kind] > budget[kind])
      .map((kind) => `${part}, ${kind}: ${all[kind]} bytes, budget ${budget[kind]}`);
    expect(grown, `its files: ${JSON.stringify(files, null, 2)}`).toEqual([]);
  });
});
