/**
 * What the background keeps in variables, from a start of the worker to its stop. `index.ts` makes it once and passes
 * it on: whoever reads or changes any of it takes it as the first argument.
 */
export class Memory {
  private readonly parts = new Map<unknown, unknown>();

  /** One part of it, made by `make` when it is first asked for. The function that makes a part is its key. */
  of<T>(make: (memory: Memory) => T): T {
    if (!this.parts.has(make)) this.parts.set(make, make(this));
    return this.parts.get(make) as T;
  }
}
