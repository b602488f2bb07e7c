/** For `expect.poll`: what follows from something by itself has come by then, however slow the machine is. */
export const soon = { timeout: 20_000 };
