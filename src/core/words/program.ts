/**
 * What starts Roleferry in the folder where it was built, for where no host says how its copy is called. The name in the npm
 * registry is not ours yet; once it is, this becomes `npx roleferry@latest`, and the hints that name the folder go.
 */
export const program = 'node dist/node/roleferry.cjs';

/** `command` as it is run here: one of Roleferry begins with `roleferry`, and `called` is how to call that. */
export const calling = (command: string, called: string): string =>
  command.startsWith('roleferry ') ? called + command.slice('roleferry'.length) : command;
