import type { Line } from './row.ts';
import type { Spread } from './side-by-side.ts';

/** A line of the table, as text. */
export function shownLine({ what, against, goal, compared, figures }: Line): string {
  const of = `${what} / ${against}`;
  if (compared === undefined) {
    const all = Object.entries(figures ?? {}).map(([name, value]) => `${name} ${value}`);
    return `${of}: ${all.join(', ')}`;
  }
  const { ratio, ratioQuartiles, product, floor } = compared;
  const [low, high] = ratioQuartiles.map((one) => one.toFixed(2));
  const verdict =
    goal === undefined ? '' : ratio <= goal ? `, goal ${goal} reached` : `, goal ${goal} MISSED`;
  return `${of}: ${ratio.toFixed(2)} (${low}–${high})${verdict}; ${shown(product)} / ${shown(floor)}, ${product.runs} runs`;
}

const shown = ({ median, quartiles }: Spread) => `${figure(median)} ms (${quartiles.map(figure).join('–')})`;

const figure = (milliseconds: number) => milliseconds.toFixed(milliseconds < 10 ? 2 : 0);
