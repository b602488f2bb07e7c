import { accountOfArn } from '../../core/aws/account-number.ts';
import { type Failure, failure } from '../../core/failure.ts';
import {
  type Answer,
  containerCredentials,
  errorAnswer,
  jsonAnswer,
} from '../../core/profile/container-credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { type AwsFiles, lastOf, readProfiles, sourceChain } from '../../credentials-file/index.ts';
import { isOthers } from '../profile-use/any-profile/is-others.ts';
import { usableProfile } from '../profile-use/any-profile/usable-profile.ts';
import { currentProfile } from '../profile-use/exec-profile.ts';
import type { ProfileInUse } from '../profile-use/profile-in-use.ts';
import { wordsHere } from '../terminal/called/words-here.ts';
import type { BackgroundLogin } from './background-login.ts';
import { OthersCredentials } from './others-credentials.ts';

/**
 * With less time left than this a login begins, and what there is still goes out. SDKs ask again and again in the last five
 * minutes of their credentials, so they get the new ones before the old ones end.
 */
const aheadMilliseconds = 5 * 60 * 1000;

/** How soon SDKs are to ask again if nobody says when credentials end. */
const unknownEndMilliseconds = 15 * 60 * 1000;

/** What a login helps against. */
const forLogin: readonly string[] = ['profile-expired', 'profile-no-credentials', 'profile-not-found'];

export const notTemporary = (profile: string): Failure =>
  failure('profile-not-temporary', { profile, found: 'key-without-token' });

/** The answers with the credentials of one profile. */
export class ProfileAnswers {
  readonly #files: AwsFiles;
  readonly #name: string;
  readonly #login: BackgroundLogin;
  readonly #others: OthersCredentials;

  /** `first`: the credentials that the profile `name` has now, if it is not Roleferry's. */
  constructor(files: AwsFiles, name: string, first: ProfileInUse | undefined, login: BackgroundLogin) {
    this.#files = files;
    this.#name = name;
    this.#login = login;
    this.#others = new OthersCredentials(first, () => this.#fetchOthers());
  }

  /**
   * The answer with the credentials that the profile has now, or with why it has none. Waits for no login, since SDKs wait
   * for a second or two: it goes on behind the answer.
   */
  async current(): Promise<Answer> {
    const own = await currentProfile(this.#files, this.#name);
    if (!own.ok && isOthers(own.failure)) {
      const others = await this.#others.current();
      if (others !== undefined) return others.ok ? this.#answer(others.value) : this.#refusal(others.failure);
      const message = `The credentials of ${this.#name} are still being fetched: try again.`;
      return errorAnswer('CredentialsPending', message, 503, { 'retry-after': '1' });
    }
    if (!own.ok) {
      if (forLogin.includes(own.failure.code)) this.#login.begin(this.#name, endOf(own.failure));
      return this.#refusal(own.failure);
    }
    const { expiration } = own.value.credentials;
    if (Date.parse(expiration) - Date.now() < aheadMilliseconds) this.#login.begin(this.#name, expiration);
    return this.#answer(own.value);
  }

  #answer({ credentials, principalArn = '', account = accountOfArn(principalArn) }: ProfileInUse): Answer {
    const unknown = new Date(Date.now() + unknownEndMilliseconds).toISOString();
    const { sessionToken, expiration = unknown } = credentials;
    if (sessionToken === undefined) return this.#refusal(notTemporary(this.#name));
    return jsonAnswer(containerCredentials({ ...credentials, sessionToken, expiration }, account));
  }

  /**
   * SDKs try again a few times whatever the status is, but some show the words only of one that is the client's fault.
   */
  #refusal(failure: Failure): Answer {
    const { message, hint } = wordsHere(failure);
    const remedy = this.#login.isOpen ? 'The login is open in the browser: finish it, then try again.' : hint;
    const code = failure.code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
    return errorAnswer(code, `${message} ${remedy}`, 403);
  }

  /** As at the start, but in the background: nobody is there to type a code. */
  async #fetchOthers(): Promise<Result<ProfileInUse>> {
    const device = await this.#mfaDevice();
    if (device !== undefined) {
      return failed(failure('profile-mfa-needed', { profile: this.#name, serialNumber: device }));
    }
    return usableProfile(this.#files, this.#name, async (source) => {
      const own = await currentProfile(this.#files, source);
      this.#login.begin(source, own.ok ? own.value.credentials.expiration : endOf(own.failure));
      return ok(false);
    });
  }

  async #mfaDevice(): Promise<string | undefined> {
    const profiles = await readProfiles(this.#files);
    const chain = profiles.ok ? sourceChain(profiles.value, this.#name) : profiles;
    if (!profiles.ok || !chain.ok) return undefined;
    const devices = chain.value.map((each) => lastOf(profiles.value.get(each) ?? [], 'mfa_serial'));
    return devices.find((device) => device !== undefined);
  }
}

/** The expiry of expired credentials, so that there is one login for before and after it. */
const endOf = ({ code, params }: Failure) =>
  code === 'profile-expired' ? (params as { expiration: string }).expiration : code;
