/**
 * Resolves when everything that can run now has run. What the user waits for goes before what only shows or records it.
 */
export const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
