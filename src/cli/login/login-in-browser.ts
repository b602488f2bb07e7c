import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Failure, failure } from '../../core/failure.ts';
import type { SignInLink } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { type AwsFiles, readCredentials, type UsableProfile } from '../../credentials-file/index.ts';
import { writeFailure } from '../../disk/fs-failure.ts';
import { withLock } from '../../disk/lock.ts';
import { readMachinePolicy } from '../../machine-policy/read-policy.ts';
import { readInstallRecord } from '../../native-host/registration/install-record.ts';
import { hostFolder, ownSurroundings } from '../../native-host/registration/system/surroundings.ts';
import { openLink } from '../browser/open-link.ts';
import { brokerOf } from '../request/broker-profiles.ts';
import { showWaiting } from './login-progress.ts';

/** How long to wait for a login by default; seconds. */
export const usualTimeout = 300;

/** How often to look at a missing folder, or a file system that reports no changes; milliseconds. */
const recheck = 1000;

/** The sign-in links that this person's host knows. */
export const knownLinks = () => readInstallRecord(hostFolder(ownSurroundings())).signInLinks ?? [];

/** One way to new credentials of a profile. */
interface Way {
  /** What to print at the start. */
  opening: string;
  /** Starts it. The credentials may come later, in the files. */
  open(ended: AbortSignal): Promise<Result<void>>;
}

/**
 * Opens the login of `profile` in the browser and waits for new credentials. Uses the given sign-in link, else the broker
 * that gave the credentials before, else the stored link; returns false if there is none. If several programs want the
 * same profile at once, one opens the login and all wait.
 *
 * Failures: `browser-not-opened`, `login-not-delivered`, those of a broker, and those that prevent any delivery:
 * `profile-not-temporary`, `file-unreadable`, `file-not-understood`, `machine-policy-invalid`, `policy-no-profiles`.
 */
export async function logInInBrowser(
  files: AwsFiles,
  profile: string,
  seconds: number,
  given?: SignInLink,
): Promise<Result<boolean>> {
  const way = await wayTo(files, profile, seconds, given);
  if (way === undefined) return ok(false);
  const policy = readMachinePolicy(files.machine);
  if (!policy.ok) return policy;
  if (policy.value?.forbidProfiles) return failed(failure('policy-no-profiles'));
  const before = await readCredentials(files, profile);
  const obstacle = obstacleIn(before);
  if (obstacle) return failed(obstacle);
  const waiting = showWaiting(way.opening, 'new credentials', seconds);
  const delivery = new Delivery(files, profile, before, seconds);
  const ended = new AbortController();
  try {
    const done = await alone(files, profile, delivery, () => way.open(ended.signal));
    return done.ok ? ok(true) : done;
  } finally {
    ended.abort();
    delivery.stopWaiting();
    waiting.end();
  }
}

async function wayTo(
  files: AwsFiles,
  profile: string,
  seconds: number,
  given: SignInLink | undefined,
): Promise<Way | undefined> {
  const broker = given === undefined ? await brokerOf(files, profile) : undefined;
  if (broker !== undefined) {
    return {
      opening: `opening the login of ${hostOf(broker.url)} in the browser: log in there for the profile ${profile}`,
      // Few profiles come from a broker.
      open: async (ended) =>
        (await import('../request/renew-from-broker.ts')).renewFromBroker(files, broker, seconds, ended),
    };
  }
  const link = given ?? knownLinks().find((known) => known.profile === profile);
  return (
    link && {
      opening: `opening ${hostOf(link.url)} in the browser: log in there for the profile ${profile}`,
      open: () => openLink(link.url, process),
    }
  );
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : url);

/** What a login cannot fix. */
function obstacleIn(read: Result<UsableProfile>): Failure | undefined {
  const notYetWritten = ['profile-no-credentials', 'profile-not-found', 'profile-no-expiry'];
  return read.ok || notYetWritten.includes(read.failure.code) ? undefined : read.failure;
}

/** If another program holds the lock, it opens the login, and this one only waits for the credentials. */
async function alone(
  files: AwsFiles,
  profile: string,
  delivery: Delivery,
  open: () => Promise<Result<void>>,
): Promise<Result<void>> {
  // Some locks are on the whole folder, so it must not be the cache folder, into which the host will write.
  const folder = join(hostFolder(ownSurroundings()), 'cache', 'logins');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failed(writeFailure(folder, error));
  }
  const target = join(folder, encodeURIComponent(`${files.configFile} ${profile}`));
  const done = await withLock(target, async () => {
    if (await delivery.hasCome()) return ok(undefined);
    const opened = open().then((result) => (result.ok ? delivery.come : result));
    return Promise.race([delivery.come, opened]);
  });
  return !done.ok && done.failure.code === 'file-busy' ? delivery.come : done;
}

/** Waits for new credentials of a profile from its construction on. */
class Delivery {
  /** Resolves when they are there, or with `login-not-delivered` after the timeout. */
  readonly come: Promise<Result<void>>;
  readonly #files: AwsFiles;
  readonly #profile: string;
  readonly #before: string | undefined;
  #stop = () => {};

  constructor(files: AwsFiles, profile: string, before: Result<UsableProfile>, seconds: number) {
    this.#files = files;
    this.#profile = profile;
    this.#before = identity(before);
    this.come = this.#wait(seconds);
  }

  /** Whether there are new, usable credentials. */
  async hasCome(): Promise<boolean> {
    const read = await readCredentials(this.#files, this.#profile);
    if (!read.ok || identity(read) === this.#before) return false;
    return Date.parse(read.value.credentials.expiration) > Date.now();
  }

  stopWaiting(): void {
    this.#stop();
  }

  #wait(seconds: number): Promise<Result<void>> {
    return new Promise((resolve) => {
      const look = async () => {
        if (!(await this.hasCome())) return;
        this.#stop();
        resolve(ok(undefined));
      };
      const watchers = this.#folders().flatMap((folder) => watchFolder(folder, look));
      const again = setInterval(look, recheck);
      const timeout = setTimeout(() => {
        this.#stop();
        resolve(failed(failure('login-not-delivered', { profile: this.#profile, seconds })));
      }, seconds * 1000);
      this.#stop = () => {
        for (const watcher of watchers) watcher.close();
        clearInterval(again);
        clearTimeout(timeout);
      };
    });
  }

  #folders(): string[] {
    const { credentialsFile, cacheFolder } = this.#files;
    return [dirname(credentialsFile), ...(cacheFolder === undefined ? [] : [cacheFolder])];
  }
}

const identity = (read: Result<UsableProfile>): string | undefined =>
  read.ok ? `${read.value.credentials.accessKeyId} ${read.value.credentials.expiration}` : undefined;

function watchFolder(folder: string, look: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, look);
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
