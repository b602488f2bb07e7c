import { type Failure, type FailureCode, failure } from '../../core/failure.ts';
import { browser } from '../../webext/browser.ts';
import { expiryLeadMilliseconds } from '../../webext/expiry-lead.ts';
import { failureText, failureWords } from '../../webext/failure-words.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { PolicyView, View } from '../../webext/view.ts';
import type { Memory } from '../state/memory.ts';

/** What the toolbar button says. */
interface Badge {
  text: string;
  colour: string;
  title: string;
}

const amber = '#b45309';
const green = '#15803d';
const red = '#b91c1c';
const grey = '#5f6b73';

type BadgeParts = 'logins' | 'chains' | 'renewals' | 'firstRun' | 'policy';

/**
 * The badge for a view at `now` (ms since the epoch). What needs the user most wins: no permission, a failure, a
 * choice, what is under way, an identity provider that waits; else how many profiles are fresh, or how soon the first
 * of them ends.
 */
export function badgeOf(
  { logins, chains, renewals, firstRun, policy }: Pick<View, BadgeParts>,
  now: number,
): Badge {
  const [newest] = logins;
  const waiting = renewals.some(({ state }) => state === 'needs-you');
  const saved = [...logins.flatMap(({ roles }) => roles), ...chains].filter(({ state }) => state === 'saved');
  return (
    (firstRun.permissionGiven ? undefined : withoutPermission()) ??
    (newest && urgentOf(newest, policy)) ??
    failedChain(chains) ??
    unreadOf(saved) ??
    (waiting ? { text: '?', colour: amber, title: text('badge_needsYou') } : undefined) ??
    freshOf(saved, now) ??
    (newest && restOf(newest)) ??
    blank()
  );
}

const blank = (): Badge => ({ text: '', colour: grey, title: text('badge_idle') });

const withoutPermission = (): Badge => ({ text: '!', colour: red, title: text('badge_noPermission') });

const alarming = (failure: Failure): Badge => ({
  text: '!',
  colour: red,
  title: text('badge_failure', failureWords(failure).message),
});

const otherName: FailureCode = 'session-name-changed';

function urgentOf({ failure, roles }: LoginView, { awaited }: PolicyView): Badge | undefined {
  const isNameAsked = (role: RoleView) => role.state === 'ready' && role.failure?.code === otherName;
  const problem = failure ?? roles.find((role) => role.failure && !isNameAsked(role))?.failure;
  if (problem !== undefined) return alarming(problem);
  const asked = roles.find(isNameAsked);
  if (asked !== undefined) {
    const { profile, expectedName = '', sessionName = '' } = asked;
    const title = text('badge_otherName', profile, expectedName, sessionName);
    return { text: '?', colour: amber, title };
  }
  const has = (wanted: RoleView['state']) => roles.some(({ state }) => state === wanted);
  if (has('ready')) return { text: text('badge_new'), colour: amber, title: text('badge_chooseProfile') };
  if (awaited && (has('exchanging') || has('saving'))) {
    return { text: '…', colour: amber, title: text('badge_policyAwaited') };
  }
  if (has('exchanging')) return { text: '…', colour: grey, title: text('badge_exchanging') };
  if (has('saving')) return { text: '…', colour: grey, title: text('badge_saving') };
  return undefined;
}

function failedChain(chains: View['chains']): Badge | undefined {
  const reason = chains.find(({ state }) => state === 'failed')?.failure;
  return reason && alarming(reason);
}

/** Saved, and yet the AWS CLI reads nothing of it. */
function unreadOf(saved: readonly Pick<RoleView, 'warnings'>[]): Badge | undefined {
  const reason = saved.flatMap(({ warnings }) => warnings ?? []).find(isOfAwsCli);
  return reason && { ...alarming(reason), colour: amber };
}

const isOfAwsCli = ({ code }: Failure): boolean => code === 'file-not-for-aws-cli';

function freshOf(saved: readonly { endsAt?: number }[], now: number): Badge | undefined {
  if (saved.length === 0) return undefined;
  const left = Math.min(...saved.map(({ endsAt }) => (endsAt ?? Number.POSITIVE_INFINITY) - now));
  const minutes = Math.max(1, Math.round(left / 60_000));
  if (left <= expiryLeadMilliseconds) {
    return { text: text('badge_minutes', minutes), colour: amber, title: text('badge_ending', minutes) };
  }
  return { text: String(saved.length), colour: green, title: text('badge_fresh', saved.length) };
}

function restOf({ open, roles }: LoginView): Badge | undefined {
  const isOver = roles.some(({ state }) => state === 'expired');
  if (isOver) return { text: '–', colour: grey, title: text('badge_expired') };
  const isChoice = open && roles.some(({ onDemand }) => !onDemand);
  return isChoice ? { text: '?', colour: amber, title: text('badge_chooseRole') } : undefined;
}

/** How long a trouble stays whatever changes, so that the change it came with does not hide it; milliseconds. */
const troubleMilliseconds = 5_000;

interface Toolbar {
  troubleUntil: number;
  /** What the toolbar button says now. */
  shown?: string | undefined;
}

const toolbar = (): Toolbar => ({ troubleUntil: 0 });

/** Puts the badge for a view at `now` (ms since the epoch) on the toolbar button. */
export async function showBadge(memory: Memory, view: View, now: number): Promise<void> {
  if (now >= memory.of(toolbar).troubleUntil) await put(memory, badgeOf(view, now));
}

/** Says on the toolbar button that Roleferry itself failed: there is nothing else that could still say so. */
export function showTrouble(memory: Memory): Promise<void> {
  memory.of(toolbar).troubleUntil = Date.now() + troubleMilliseconds;
  const words = failureText(failure('unexpected', { where: 'extension' }));
  return put(memory, { text: '!', colour: red, title: text('badge_failure', words) });
}

/** Each part of a badge is a way to another process and back: what stands there already is left. */
async function put(memory: Memory, { text, colour, title }: Badge): Promise<void> {
  const next = JSON.stringify({ text, colour, title });
  if (next === memory.of(toolbar).shown) return;
  memory.of(toolbar).shown = next;
  try {
    await Promise.all([
      browser.action.setBadgeText({ text }),
      browser.action.setBadgeBackgroundColor({ color: colour }),
      browser.action.setTitle({ title }),
    ]);
  } catch (error) {
    memory.of(toolbar).shown = undefined;
    throw error;
  }
}
