/** A bucket of tokens a subject: `burst` at first, `perSecond` come back. */
export class RateLimit {
  readonly #monotonic: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** Whether `subject` may ask once more. */
  take(subject: string, { perSecond, burst }: { perSecond: number; burst: number }): boolean {
    const now = this.#monotonic();
    const refilled = ({ left, at }: { left: number; at: number }) =>
      Math.min(burst, left + ((now - at) / 1000) * perSecond);
    // A full one is like one that was never there. The order is that of the last request.
    for (const [name, bucket] of this.#buckets) {
      if (refilled(bucket) < burst) break;
      this.#buckets.delete(name);
    }
    const left = refilled(this.#buckets.get(subject) ?? { left: burst, at: now });
    this.#buckets.delete(subject);
    this.#buckets.set(subject, { left: left < 1 ? left : left - 1, at: now });
    return left >= 1;
  }
}
