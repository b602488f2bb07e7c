/** Resolves after all that can be done now was done: what a person waits for goes before what only shows or notes it. */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
