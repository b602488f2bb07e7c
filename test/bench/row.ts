import type { Compared } from './side-by-side.ts';

/** One line of the table. */
export interface Line {
  what: string;
  against: string;
  /** The ratio to reach; without it the line is noted only. */
  goal?: number;
  compared?: Compared;
  /** Figures that are no comparison of times, by name. */
  figures?: Record<string, number | string>;
}

/** Measures some lines of the table that need the same things set up. */
export interface Row {
  name: string;
  measure(rounds: number): AsyncGenerator<Line>;
}
