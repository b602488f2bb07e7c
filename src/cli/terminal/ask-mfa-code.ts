import { withTerminal } from './ask-terminal.ts';

export const sixDigits = /^\d{6}$/;

/** Asks for a code of an MFA device on the terminal; `undefined` if there is none, or the user ends the input. */
export function askMfaCode(serialNumber: string): string | undefined {
  return withTerminal(({ write, ask }) => {
    while (true) {
      const code = ask(`MFA code of ${serialNumber}: `);
      if (code === undefined || sixDigits.test(code)) return code;
      write('A code has six digits.\n');
    }
  });
}
