import { setTimeout as pause } from 'node:timers/promises';
import { ok, type Result } from '../../core/result.ts';
import type { ProfileInUse } from '../profile-use/profile-in-use.ts';

/** How long an answer waits for new credentials: SDKs wait for one to two seconds; milliseconds. */
const patience = 900;

/** With less time left than this, new ones are fetched; milliseconds. */
const early = 5 * 60 * 1000;

/**
 * The credentials of a profile that is not Roleferry's. Fetching them may take AWS or a program a while, so they are kept
 * until shortly before their end, and fetched once however many ask.
 */
export class OthersCredentials {
  readonly #fetch: () => Promise<Result<ProfileInUse>>;
  #kept: ProfileInUse | undefined;
  #fetching: Promise<Result<ProfileInUse>> | undefined;

  constructor(first: ProfileInUse | undefined, fetch: () => Promise<Result<ProfileInUse>>) {
    this.#kept = first;
    this.#fetch = fetch;
  }

  /** Gives them, or why they cannot be fetched; `undefined` if that takes longer than an answer may. */
  async current(): Promise<Result<ProfileInUse> | undefined> {
    const kept = this.#kept;
    if (kept && millisecondsLeft(kept) > early) return ok(kept);
    this.#fetching ??= this.#fetchAndKeep();
    const given = await Promise.race([this.#fetching, pause(patience)]);
    return !given?.ok && kept && millisecondsLeft(kept) > 0 ? ok(kept) : (given ?? undefined);
  }

  async #fetchAndKeep(): Promise<Result<ProfileInUse>> {
    try {
      const fetched = await this.#fetch();
      if (fetched.ok) this.#kept = fetched.value;
      return fetched;
    } finally {
      this.#fetching = undefined;
    }
  }
}

/** None where nobody says when they end. */
const millisecondsLeft = ({ credentials: { expiration } }: ProfileInUse): number =>
  expiration === undefined ? 0 : Date.parse(expiration) - Date.now();
