/**
 * Remembers which proofs were used, for as long as they could be used again. The clock is one that is never set back,
 * in milliseconds.
 */
export class UsedProofs {
  readonly #lifetime: number;
  readonly #monotonic: () => number;
  /** In the order of their ends. */
  readonly #ends = new Map<string, number>();

  constructor(lifetime: number, monotonic: () => number = () => performance.now()) {
    this.#lifetime = lifetime;
    this.#monotonic = monotonic;
  }

  /** Notes that a proof was used; false where it was before. */
  add(id: string): boolean {
    const now = this.#monotonic();
    for (const [old, end] of this.#ends) {
      if (end > now) break;
      this.#ends.delete(old);
    }
    if (this.#ends.has(id)) return false;
    this.#ends.set(id, now + this.#lifetime);
    return true;
  }
}
