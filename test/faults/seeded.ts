/** Choices that look random and that the same seed repeats: xorshift32, Marsaglia, "Xorshift RNGs" (2003). */
export class Seeded {
  #state: number;

  constructor(seed: number) {
    // Zero is the one state that never changes, and small seeds begin with small numbers.
    this.#state = seed >>> 0 || 1;
    for (let round = 0; round < 20; round++) this.next();
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x >>> 0;
    return this.#state / 2 ** 32;
  }

  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.alloc(length);
    for (let index = 0; index < length; index++) bytes[index] = this.below(256);
    return bytes;
  }
}
