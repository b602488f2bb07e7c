import type { Answer } from '../../core/profile/container-credentials.ts';
import { printable } from '../../core/words/printable.ts';
import { tell } from '../terminal/tell.ts';

/** Tells of the answers on stderr: of each if `verbose`, else of each kind of refusal once. Never what is secret. */
export function tellOfAnswers(verbose: boolean): (answer: Answer) => void {
  const told = new Set<string>();
  return ({ status, body }) => {
    const { Expiration, Code, Message } = JSON.parse(body) as Record<string, string>;
    const what = status === 200 ? `credentials until ${Expiration}` : `${Code}: ${Message}`;
    if (verbose) tell(`${new Date().toISOString()} ${status} ${printable(what)}\n`);
    else if (status !== 200 && !told.has(what)) tell(`roleferry serve: ${printable(what)}\n`);
    told.add(what);
  };
}
