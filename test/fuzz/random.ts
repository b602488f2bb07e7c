/** A repeatable stream of choices: the same `seed` and `index` choose the same, on every machine. */
export class Random {
  private state: number;

  constructor(seed: number, index: number) {
    this.state = Math.imul(seed ^ Math.imul(index, 0x9e3779b1), 0x85ebca6b) >>> 0;
  }

  /** In [0, 1). The algorithm is mulberry32. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number in [0, end). */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}
