import { ok, type Result } from '../../core/result.ts';
import {
  type AwsFiles,
  askForProfile,
  isListening,
  loginMayHelp,
  processLines,
  questionsFolder,
} from '../../credentials-file/index.ts';
import { lookUntil } from '../../disk/look-until.ts';
import type { Asked, Delivery } from './delivery.ts';
import { showSlowWait } from './login-progress.ts';

/** How long an extension that listens may take, with STS behind it, before the login is opened; seconds. */
const longestPatience = 20;

/**
 * Asks the extension for a process profile, until `seconds` have passed. `undefined` for other profiles, which it does not
 * know. Failures: those of writing the question.
 */
export async function askExtension(
  files: AwsFiles,
  profile: string,
  seconds: number,
): Promise<Result<Asked | undefined>> {
  if (files.cacheFolder === undefined || !(await processLines(files.configFile)).has(profile)) {
    return ok(undefined);
  }
  const asked = await askForProfile(files, profile, Date.now() + seconds * 1000);
  return asked.ok ? ok({ id: asked.value }) : asked;
}

/**
 * While an assertion can be redeemed, the extension listens and answers without a login. Resolves with its answer, or
 * `undefined` if a login is needed. Leaves at least half of the `seconds` to that login. `isShown`: after a second a
 * terminal says what this waits for.
 */
export async function answerWithoutLogin(
  files: AwsFiles,
  delivery: Delivery,
  seconds: number,
  isShown: boolean,
): Promise<Result<void> | undefined> {
  if (!delivery.mayBeAnswered || !(await isListening(files))) return undefined;
  const patience = Math.min(longestPatience, seconds / 2);
  const waiting = isShown ? showSlowWait('the extension', patience) : undefined;
  const ended = new AbortController();
  const needsLogin = async () => {
    const refusal = await delivery.refusal();
    return refusal !== undefined && loginMayHelp(refusal);
  };
  const given = lookUntil([questionsFolder(files)], needsLogin, patience * 1000, ended.signal);
  const answer = await Promise.race([
    delivery.come,
    given.then((isRefused) => {
      delivery.mayBeAnswered = isRefused;
      return undefined;
    }),
  ]);
  ended.abort();
  waiting?.end();
  return answer;
}
