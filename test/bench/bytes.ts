import budgets from '../build/budgets.json' with { type: 'json' };
import { builtSizes } from '../build/built-sizes.ts';
import type { Row } from './row.ts';

/** What is shipped, beside its budgets; `npm test` checks these. */
export const bytes: Row = {
  name: 'bytes',
  async *measure() {
    const built = builtSizes();
    for (const [part, { minified, gzip }] of Object.entries(budgets)) {
      const all = built[part]?.all;
      yield {
        what: `bytes of the ${part}`,
        against: 'its budget',
        figures: {
          minified: `${all?.minified} of ${minified}`,
          gzip: `${all?.gzip} of ${gzip}`,
        },
      };
    }
  },
};
