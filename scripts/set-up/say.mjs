/** Progress goes to stderr: results alone are on stdout. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the program with what went wrong and what to do next. */
export function giveUp(message, hint) {
  say(`error: ${message}`);
  if (hint !== undefined) say(`hint: ${hint}`);
  process.exit(1);
}
