/** What one side took, in milliseconds. */
export interface Spread {
  median: number;
  /** A quarter of the runs took less, a quarter more. */
  quartiles: [number, number];
  runs: number;
}

/** The product beside its floor. */
export interface Compared {
  product: Spread;
  floor: Spread;
  /** Median and quartiles of the ratios of neighbouring runs. */
  ratio: number;
  ratioQuartiles: [number, number];
}

/** Runs product and floor by turns, so that whatever else the machine does meets both. Each gives milliseconds. */
export async function sideBySide(
  rounds: number,
  product: () => Promise<number>,
  floor: () => Promise<number>,
): Promise<Compared> {
  const taken: [product: number, floor: number][] = [];
  // The first of each is for warming up: code is compiled, files are cached.
  await floor();
  await product();
  for (let round = 0; round < rounds; round++) {
    // Which one goes first changes too.
    const first = round % 2 === 0 ? await floor() : await product();
    const second = round % 2 === 0 ? await product() : await floor();
    taken.push(round % 2 === 0 ? [second, first] : [first, second]);
  }
  const ours = spreadOf(taken.map(([mine]) => mine));
  const theirs = spreadOf(taken.map(([, bare]) => bare));
  const ratios = spreadOf(taken.map(([mine, bare]) => mine / bare));
  return {
    product: ours,
    floor: theirs,
    ratio: ratios.median,
    ratioQuartiles: ratios.quartiles,
  };
}

export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => {
    const place = (sorted.length - 1) * share;
    const below = sorted[Math.floor(place)] ?? Number.NaN;
    const above = sorted[Math.ceil(place)] ?? Number.NaN;
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), quartiles: [at(0.25), at(0.75)], runs: sorted.length };
}

/** Milliseconds that `act` takes. */
export async function timed(act: () => unknown): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
