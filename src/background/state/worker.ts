/** All that the background keeps in variables. It begins anew with each start of the worker. */
let memory = new Map<unknown, unknown>();

/**
 * Variables of one part of the background, made by `make` when they are first used, and gone when the worker stops.
 * This is the only place where the background keeps any.
 */
export function inWorker<T>(make: () => T): () => T {
  return () => {
    if (!memory.has(make)) memory.set(make, make());
    return memory.get(make) as T;
  };
}

/** Forgets every variable, as a stop of the worker does. For tests, which cannot stop one. */
export function startAnew(): void {
  memory = new Map();
}
