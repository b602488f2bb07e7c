import { connection } from '../words/failures/english/reasons/logins.ts';
import { connectionProblem } from './connection-problem.ts';

/** Why a connection failed, in the words of a terminal; nothing if the error doesn't tell. */
export function connectionReason(error: { name?: unknown; code?: unknown }): string | undefined {
  const problem = connectionProblem(error);
  return problem && connection[problem];
}
