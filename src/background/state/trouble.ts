let listener: () => Promise<void> = async () => {};

/** Calls `next` whenever Roleferry itself has failed: there is one place to say so. */
export function onTrouble(next: () => Promise<void>): void {
  listener = next;
}

/** Takes an error that nobody can be answered with. */
export function reportTrouble(): Promise<void> {
  return listener();
}
