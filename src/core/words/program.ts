/**
 * What starts this copy of Roleferry where it isn't on the PATH, in the folder where it was built. The name in the npm
 * registry is not ours yet; once it is, this becomes `npx roleferry@latest`, and the hints that name the folder go.
 */
export const program = 'node dist/node/roleferry.cjs';

/** A text in which each command of Roleferry begins with `called`. Texts name commands as `roleferry install`. */
export const calling = (text: string, called: string): string =>
  text.replace(/(?<![\w./@-])roleferry(?= [a-z])/g, () => called);
