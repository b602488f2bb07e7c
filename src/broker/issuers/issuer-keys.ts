import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import type { IssuerConfig } from '../config/schema.ts';
import { loadKeys } from './load-keys.ts';

type Source = Pick<IssuerConfig, 'issuer' | 'jwksUri' | 'jwksFile'>;

const refreshMilliseconds = 5 * 60_000;
const afterFailureMilliseconds = 10_000;
/** A key id can be made up by anyone, so unknown ones have the issuer asked this often at most. */
const cooldownMilliseconds = 30_000;
/** AWS SDKs wait one to two seconds for the whole answer. */
const patienceMilliseconds = 1_000;

/** There is no telling whether the token is good: the issuer's keys are not there, or not there yet. */
export class KeysUnavailable extends Error {}

export interface KeysOptions {
  /** A clock that is never set, in milliseconds. */
  monotonic?: () => number;
  onFailure?: (reason: string) => void;
}

/**
 * The public keys of one issuer, in memory. They are refreshed behind the requests, and kept while the issuer is away.
 */
export class IssuerKeys {
  readonly source: Source;
  /** How often loading failed since the start. */
  failures = 0;
  #find: ReturnType<typeof createLocalJWKSet> | undefined;
  #loadedAt = Number.NEGATIVE_INFINITY;
  #askedAt = Number.NEGATIVE_INFINITY;
  #loading: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  readonly #monotonic: () => number;
  readonly #onFailure: (reason: string) => void;

  constructor(
    source: Source,
    { monotonic = () => performance.now(), onFailure = () => {} }: KeysOptions = {},
  ) {
    this.source = source;
    this.#monotonic = monotonic;
    this.#onFailure = onFailure;
  }

  get loaded(): boolean {
    return this.#find !== undefined;
  }

  /** Seconds since they were loaded. */
  get age(): number {
    return (this.#monotonic() - this.#loadedAt) / 1000;
  }

  /** Loads them now and goes on doing so until `stop`. It fails never: `loaded` and `failures` tell. */
  async start(): Promise<void> {
    await this.refresh();
    this.#plan();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #plan(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    const isFresh = this.#loadedAt >= this.#askedAt;
    const pause = isFresh ? refreshMilliseconds : afterFailureMilliseconds;
    this.#timer = setTimeout(() => this.start(), pause * (0.9 + 0.2 * Math.random())).unref();
  }

  /** Loads them anew; who asks meanwhile waits for the same answer. */
  refresh(): Promise<void> {
    this.#askedAt = this.#monotonic();
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  async #load(): Promise<void> {
    try {
      this.#find = createLocalJWKSet({ keys: await loadKeys(this.source) });
      this.#loadedAt = this.#monotonic();
    } catch (error) {
      this.failures += 1;
      this.#onFailure((error as Error).message);
    }
  }

  /** The key that a token names. For jose's `jwtVerify`. Throws `KeysUnavailable` and jose's errors. */
  readonly find: JWTVerifyGetKey = async (header, token) => {
    if (this.#find === undefined) throw new KeysUnavailable('the keys of the issuer were never loaded');
    try {
      return await this.#find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || !this.#mayAsk()) throw error;
    }
    await this.#refreshInTime();
    return this.#find(header, token);
  };

  #mayAsk(): boolean {
    return this.#loading !== undefined || this.#monotonic() - this.#askedAt >= cooldownMilliseconds;
  }

  async #refreshInTime(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, patienceMilliseconds, 'late');
    });
    const first = await Promise.race([this.refresh(), late]);
    clearTimeout(timer);
    if (first === 'late') throw new KeysUnavailable('the issuer has not told its new keys yet');
  }
}
