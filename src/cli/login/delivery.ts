import { dirname } from 'node:path';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import {
  type AwsFiles,
  loginMayHelp,
  questionsFolder,
  readCredentials,
  refusalOf,
  type UsableProfile,
} from '../../credentials-file/index.ts';
import { lookUntil } from '../../disk/look-until.ts';
import { needsLogin } from './needs-login.ts';

/** The question to the extension that the credentials are the answer to, if there is one. */
export interface Asked {
  id: string;
}

/** Waits for new credentials of a profile from its construction on. */
export class Delivery {
  /** Resolves when they are there, when the extension says no, or with `login-not-delivered` after the timeout. */
  readonly come: Promise<Result<void>>;
  /** Whether the extension was asked, sees that new credentials are needed, and has not let the time for it pass. */
  mayBeAnswered: boolean;
  readonly #files: AwsFiles;
  readonly #profile: string;
  readonly #before: string | undefined;
  readonly #asked: Asked | undefined;
  readonly #ended = new AbortController();
  #refusal: Failure | undefined;

  constructor(
    files: AwsFiles,
    profile: string,
    before: Result<UsableProfile>,
    seconds: number,
    asked?: Asked,
  ) {
    this.#files = files;
    this.#profile = profile;
    this.#before = identity(before);
    this.#asked = asked;
    this.mayBeAnswered = asked !== undefined && needsLogin(before);
    this.come = this.#wait(seconds);
  }

  /** Whether there are new, usable credentials. */
  async hasCome(): Promise<boolean> {
    const read = await readCredentials(this.#files, this.#profile);
    if (!read.ok || identity(read) === this.#before) return false;
    return Date.parse(read.value.credentials.expiration) > Date.now();
  }

  /** The extension's no, once it has come. */
  async refusal(): Promise<Failure | undefined> {
    return this.#asked && refusalOf(this.#files, this.#profile, this.#asked.id);
  }

  stopWaiting(): void {
    this.#ended.abort();
  }

  async #wait(seconds: number): Promise<Result<void>> {
    const look = async () => {
      const refusal = await this.refusal();
      if (refusal !== undefined && !loginMayHelp(refusal)) this.#refusal = refusal;
      return this.#refusal !== undefined || this.hasCome();
    };
    const { credentialsFile, cacheFolder } = this.#files;
    const ofCache = cacheFolder === undefined ? [] : [cacheFolder, questionsFolder(this.#files)];
    const folders = [dirname(credentialsFile), ...ofCache];
    const answered = await lookUntil(folders, look, seconds * 1000, this.#ended.signal);
    if (this.#refusal !== undefined) return failed(this.#refusal);
    return answered
      ? ok(undefined)
      : failed(failure('login-not-delivered', { profile: this.#profile, seconds }));
  }
}

const identity = (read: Result<UsableProfile>): string | undefined =>
  read.ok ? `${read.value.credentials.accessKeyId} ${read.value.credentials.expiration}` : undefined;
