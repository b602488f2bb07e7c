import * as v from 'valibot';
import { failure } from '../../core/failure.ts';
import type { UsableCredentials } from '../../core/profile/credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { boundedFetch, whyUnanswered } from '../request/bounded-fetch.ts';

const answerSchema = v.object({
  SigninToken: v.pipe(v.string(), v.maxLength(16_384), v.regex(/^[\w+/=.~-]+$/)),
});

/**
 * Asks a federation endpoint for the token with which a browser logs in with `credentials`. Without `SessionDuration`,
 * which AWS refuses for many kinds of sessions, the console session lasts as long as they do. They go in the body of a
 * POST, so no log of addresses has them.
 *
 * Failures: `console-long-lived` for keys without a session, `console-refused`, `console-unanswered`.
 */
export async function signInToken(
  endpoint: string,
  { accessKeyId, secretAccessKey, sessionToken }: UsableCredentials,
  about: { profile: string; isRole: boolean },
): Promise<Result<string>> {
  if (sessionToken === undefined) return failed(failure('console-long-lived', { profile: about.profile }));
  const { host } = new URL(endpoint);
  const unanswered = (reason: string) => failure('console-unanswered', { host, reason });
  const session = { sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken };
  try {
    const answer = await boundedFetch(endpoint, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'getSigninToken', Session: JSON.stringify(session) }),
      plainHttp: true,
    });
    const { status } = answer;
    if (status >= 400 && status < 500) return failed(failure('console-refused', { host, status, ...about }));
    if (status !== 200) return failed(unanswered(`it answered with HTTP ${status}`));
    const read = v.safeParse(answerSchema, await answer.json().catch(() => undefined));
    return read.success ? ok(read.output.SigninToken) : failed(unanswered('what answers is not AWS Sign-In'));
  } catch (error) {
    const why = whyUnanswered(error, unanswered);
    if (why === undefined) throw error;
    return failed(why);
  }
}
