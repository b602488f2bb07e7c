import type { Failure } from '../../core/failure.ts';
import { administratorReport } from '../../core/words/causes/administrator-report.ts';
import { wordsOfCause } from '../../core/words/causes/cause-words.ts';
import { english } from '../../core/words/causes/english.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { tell } from '../terminal/tell.ts';

interface Refused {
  failure: Failure;
  /** Its ARN. */
  role: string | undefined;
}

/**
 * Says on stderr why roles were refused, each with its likeliest cause, and named if all were asked for. With `report`,
 * prints what an administrator needs to know; where it is false, says how to get that.
 */
export async function reportRefusals(
  refused: Refused[],
  { allRoles, report }: { allRoles?: boolean; report?: boolean },
): Promise<void> {
  for (const { failure, role } of refused) {
    const { cause } = failure.refusal ?? {};
    await reportFailure(failure, allRoles ? role : undefined, cause && wordsOfCause(cause, english));
  }
  const reports = refused.flatMap(({ failure }) => administratorReport(failure) ?? []);
  if (reports.length === 0 || report === undefined) return;
  if (report) print(reports.join('\n'));
  else tell(`For a text to send to your administrator, log in again with: ${callHere()} saml --report\n`);
}
