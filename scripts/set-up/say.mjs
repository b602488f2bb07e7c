/** Progress goes to stderr; stdout is only for results. */
export const say = (text) => process.stderr.write(`${text}\n`);

/** Ends the program with what went wrong and what to do next. */
export function giveUp(message, hint) {
  say(`error: ${message}`);
  if (hint !== undefined) say(`hint: ${hint}`);
  process.exit(1);
}
