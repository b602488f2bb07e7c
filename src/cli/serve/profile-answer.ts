import { accountOfArn } from '../../core/aws/account-number.ts';
import type { Failure } from '../../core/failure.ts';
import {
  type Answer,
  containerCredentials,
  errorAnswer,
  jsonAnswer,
} from '../../core/profile/container-credentials.ts';
import type { AwsFiles } from '../../credentials-file/index.ts';
import { currentProfile } from '../profile-use/exec-profile.ts';
import { wordsHere } from '../terminal/called/words-here.ts';
import type { BackgroundLogin } from './background-login.ts';

/**
 * With less time left than this a login begins, and what there is still goes out. SDKs ask again and again in the last five
 * minutes of their credentials, so they get the new ones before the old ones end.
 */
const aheadMilliseconds = 5 * 60 * 1000;

/** What a login helps against. */
const forLogin: readonly string[] = ['profile-expired', 'profile-no-credentials', 'profile-not-found'];

/**
 * The answer with the credentials that the profile `name` has now, or with why it has none. Waits for no login, since SDKs
 * wait for a second or two: `login` goes on behind the answer.
 */
export async function profileAnswer(files: AwsFiles, name: string, login: BackgroundLogin): Promise<Answer> {
  const profile = await currentProfile(files, name);
  if (!profile.ok) {
    if (forLogin.includes(profile.failure.code)) login.begin(endOf(profile.failure));
    return failureAnswer(profile.failure, login.isOpen);
  }
  const { credentials, principalArn = '' } = profile.value;
  if (Date.parse(credentials.expiration) - Date.now() < aheadMilliseconds)
    login.begin(credentials.expiration);
  return jsonAnswer(containerCredentials(credentials, accountOfArn(principalArn)));
}

/** The expiry of expired credentials, so that there is one login for before and after it. */
const endOf = ({ code, params }: Failure) =>
  code === 'profile-expired' ? (params as { expiration: string }).expiration : code;

/** SDKs try again a few times whatever the status is, but some show the words only of one that is the client's fault. */
function failureAnswer(failure: Failure, isLoginOpen: boolean): Answer {
  const { message, hint } = wordsHere(failure);
  const remedy = isLoginOpen ? 'The login is open in the browser: finish it, then try again.' : hint;
  const code = failure.code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
  return errorAnswer(code, `${message} ${remedy}`, 403);
}
