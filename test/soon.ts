/** For `expect.poll`: whatever follows automatically has happened by then, however slow the machine is. */
export const soon = { timeout: 20_000 };
