import { describe, expect, it } from 'vitest';
import budgets from './budgets.json' with { type: 'json' };
import { builtSizes } from './built-sizes.ts';

// These look at what `npm run build` made; `npm test` builds first.
const built = builtSizes();

describe('what is shipped stays small:', () => {
  it('each part has a budget, and that of the worker is at most what was set out for it', () => {
    expect(Object.keys(budgets)).toEqual(Object.keys(built));
    expect(budgets.worker.minified).toBeLessThanOrEqual(175_000);
    expect(budgets.worker.gzip).toBeLessThanOrEqual(55_000);
  });

  it.each(Object.entries(budgets))('the %s keeps to its budget', (part, budget) => {
    const { files, all } = built[part] ?? { files: {}, all: { minified: Infinity, gzip: Infinity } };
    const grown = (['minified', 'gzip'] as const)
      .filter((kind) => all[kind] > budget[kind])
      .map((kind) => `${part}, ${kind}: ${all[kind]} bytes, budget ${budget[kind]}`);
    expect(grown, `its files: ${JSON.stringify(files, null, 2)}`).toEqual([]);
  });

  it.each(Object.entries(budgets))('the budget of the %s is no larger than it must be', (part, budget) => {
    const { minified, gzip } = built[part]?.all ?? { minified: 0, gzip: 0 };
    expect(budget.minified, 'minified').toBeLessThan(minified * 1.08);
    expect(budget.gzip, 'gzip').toBeLessThan(gzip * 1.08);
  });
});
