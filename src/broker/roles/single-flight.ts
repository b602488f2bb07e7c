import { createHash } from 'node:crypto';
import type { Outcome } from '../outcome/refusal.ts';

const lifetimeMilliseconds = 15_000;

/**
 * Does one thing once for all who ask for it within 15 seconds: SDKs ask again when an answer takes longer than a
 * second. What may succeed when tried again is not kept.
 */
export class SingleFlight<T> {
  readonly #monotonic: () => number;
  /** In the order of their ends. */
  readonly #flights = new Map<string, { end: number; result: Promise<Outcome<T>> }>();

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** The result for the same `parts`, or that of `act`. */
  do(parts: unknown[], act: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    const now = this.#monotonic();
    for (const [key, { end }] of this.#flights) {
      if (end > now) break;
      this.#flights.delete(key);
    }
    // A hash, so that no token is kept.
    const key = createHash('sha256').update(JSON.stringify(parts)).digest('base64');
    const known = this.#flights.get(key);
    if (known !== undefined) return known.result;
    const result = act();
    this.#flights.set(key, { end: now + lifetimeMilliseconds, result });
    const forget = () => this.#flights.delete(key);
    result.then((outcome) => {
      if (!outcome.ok && outcome.refusal.code === 'Unavailable') forget();
    }, forget);
    return result;
  }
}
