import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Failure, failure } from '../../core/failure.ts';
import type { SignInLink } from '../../core/protocol/requests.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { shellWord } from '../../core/words/shell-word.ts';
import {
  type AwsFiles,
  listOnDemand,
  readCredentials,
  type UsableProfile,
} from '../../credentials-file/index.ts';
import { writeFailure } from '../../disk/fs-failure.ts';
import { withLock } from '../../disk/lock.ts';
import { readMachinePolicy } from '../../machine-policy/read-policy.ts';
import { readInstallRecord } from '../../native-host/registration/install-record.ts';
import { hostFolder, ownSurroundings } from '../../native-host/registration/system/surroundings.ts';
import { noBrowser, whereElse } from '../browser/no-browser.ts';
import { openLink } from '../browser/open-link.ts';
import { brokerOf } from '../request/broker-profiles.ts';
import { callHere } from '../terminal/called/call-here.ts';
import { answerWithoutLogin, askExtension } from './ask-extension.ts';
import { Delivery } from './delivery.ts';
import { showWaiting } from './login-progress.ts';

/** The sign-in links that this person's host knows. */
export const knownLinks = () => readInstallRecord(hostFolder(ownSurroundings())).signInLinks ?? [];

/** One way to new credentials of a profile. */
interface Way {
  /** What to print at the start. */
  opening: string;
  /** The sign-in link, if it is one. A login there serves every profile that is asked for. */
  link?: string;
  /** Starts it. The credentials may come later, in the files. */
  open(ended: AbortSignal): Promise<Result<void>>;
}

/**
 * Gets new credentials of `profile`: a process profile's from the extension, while it has an assertion that can be
 * redeemed; else opens the login in the browser and waits. Uses the given sign-in link, else the broker that gave the
 * credentials before, else the stored link; returns false if there is none. If several programs want the same profile, or
 * process profiles with the same link, at once, one opens the login and all wait. `seconds` are for all of it. `show` tells the user
 * what is opened and that it waits; with one of its own, the wait for the extension is not shown.
 *
 * Failures: `browser-not-opened`, `login-not-delivered`, `on-demand-no-link`, what the extension says against a process
 * profile, those of a broker, and those that prevent any delivery:
 * `profile-not-temporary`, `file-unreadable`, `file-not-understood`, `machine-policy-invalid`, `policy-no-profiles`.
 */
export async function logInInBrowser(
  files: AwsFiles,
  profile: string,
  seconds: number,
  given?: SignInLink,
  show?: typeof showWaiting,
): Promise<Result<boolean>> {
  const deadline = Date.now() + seconds * 1000;
  const policy = readMachinePolicy(files.machine);
  if (!policy.ok) return policy;
  if (policy.value?.forbidProfiles) return failed(failure('policy-no-profiles'));
  const before = await readCredentials(files, profile);
  const obstacle = obstacleIn(before);
  if (obstacle) return failed(obstacle);
  const way = await wayTo(files, profile, seconds, given);
  const isBrokers = way !== undefined && way.link === undefined;
  const asked = isBrokers || given ? ok(undefined) : await askExtension(files, profile, seconds);
  if (!asked.ok) return asked;
  const delivery = new Delivery(files, profile, before, seconds, asked.value);
  try {
    const answer = await answerWithoutLogin(files, delivery, seconds, show === undefined);
    if (answer !== undefined) return answer.ok ? ok(true) : answer;
    if (way === undefined) return await nobodyAsked(files, profile, delivery);
    const shared = asked.value === undefined ? undefined : way.link;
    const what = shared ?? `${files.configFile} ${profile}`;
    return await openAndWait(files, way, what, delivery, deadline, show);
  } finally {
    delivery.stopWaiting();
  }
}

/** Opens the login, unless another program has opened it for `what`, and waits. */
async function openAndWait(
  files: AwsFiles,
  way: Way,
  what: string,
  delivery: Delivery,
  deadline: number,
  show = showWaiting,
): Promise<Result<boolean>> {
  const seconds = Math.max(1, Math.round((deadline - Date.now()) / 1000));
  const waiting = show(way.opening, 'new credentials', seconds);
  const ended = new AbortController();
  try {
    const done = await alone(files, what, delivery, seconds, () => way.open(ended.signal));
    return done.ok ? ok(true) : done;
  } finally {
    ended.abort();
    waiting.end();
  }
}

/** There is no way to a login. */
async function nobodyAsked(files: AwsFiles, profile: string, delivery: Delivery): Promise<Result<boolean>> {
  const refusal = await delivery.refusal();
  if (refusal?.code === 'on-demand-unknown') return failed(refusal);
  const onDemand = await listOnDemand(files);
  const isOnDemand = onDemand.ok && onDemand.value.has(profile);
  return isOnDemand ? failed(failure('on-demand-no-link', { profile })) : ok(false);
}

async function wayTo(
  files: AwsFiles,
  profile: string,
  seconds: number,
  given: SignInLink | undefined,
): Promise<Way | undefined> {
  const broker = given === undefined ? await brokerOf(files, profile) : undefined;
  const nowhere = noBrowser(process.env, process.platform, existsSync);
  if (broker !== undefined && nowhere) {
    const call = [callHere(), 'request', ...[broker.url, broker.role, '--profile', profile].map(shellWord)];
    return {
      opening: `without a browser you can paste the login: ${call.join(' ')} --no-browser`,
      open: async () => failed(failure('browser-not-opened', { reason: nowhere })),
    };
  }
  if (broker !== undefined) {
    return {
      opening: `opening the login of ${hostOf(broker.url)} in the browser: log in there for the profile ${profile}`,
      // Few profiles come from a broker.
      open: async (ended) =>
        (await import('../request/renew-from-broker.ts')).renewFromBroker(files, broker, seconds, ended),
    };
  }
  const link = given ?? knownLinks().find((known) => known.profile === profile);
  if (link === undefined) return undefined;
  const opening = nowhere
    ? whereElse(nowhere, profile)
    : `opening ${hostOf(link.url)} in the browser: log in there for the profile ${profile}`;
  return {
    // On a line of its own, to be clicked or copied.
    opening: `${printable(link.url)}\n${opening}`,
    link: link.url,
    open: async () => (nowhere ? ok(undefined) : openLink(link.url, process)),
  };
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
  what: string,
  delivery: Delivery,
  seconds: number,
  open: () => Promise<Result<void>>,
): Promise<Result<void>> {
  // Some locks are on the whole folder, so it must not be the cache folder, into which the host will write.
  const folder = join(hostFolder(ownSurroundings()), 'cache', 'logins');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failed(writeFailure(folder, error));
  }
  const target = join(folder, encodeURIComponent(what));
  const done = await withLock(target, async () => {
    if (await delivery.hasCome()) return ok(undefined);
    // The login that another program has opened meanwhile may serve this profile a little later.
    const answer = await answerWithoutLogin(files, delivery, seconds, false);
    if (answer !== undefined) return answer;
    const opened = open().then((result) => (result.ok ? delivery.come : result));
    return Promise.race([delivery.come, opened]);
  });
  return !done.ok && done.failure.code === 'file-busy' ? delivery.come : done;
}
