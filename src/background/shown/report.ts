import { browser } from '../../webext/browser.ts';
import type { HistoryEntry } from '../../webext/view.ts';
import { type HostStatus, hostStatus } from '../host/host-status.ts';
import { shownBindings } from '../rules/bindings.ts';
import { lookAtPolicy } from '../rules/read-policy.ts';
import { readSettings } from '../settings/settings.ts';
import { readChains } from '../state/chains.ts';
import { readHistory } from '../state/history.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/**
 * What a bug report needs and nothing that names anybody: no profile, no role, no issuer, no link, of an account
 * number the last four digits, of a failure its code alone.
 */
export async function makeReport(memory: Memory, now: number): Promise<string> {
  const [settings, { policy, awaited }, bindings, chains, logins, history] = await Promise.all([
    readSettings(memory),
    lookAtPolicy(memory),
    shownBindings(memory),
    readChains(memory),
    readLogins(memory),
    readHistory(memory),
  ]);
  const { behaviour, refreshTogether, remind, keepFresh, sessionDuration, format, region } = settings;
  const alias = aliases();
  return [
    `Roleferry ${browser.runtime.getManifest().version}, ${new Date(now).toISOString()}`,
    `Browser: ${navigator.userAgent}`,
    `Host: ${hostLine(hostStatus(memory))}`,
    `Policy: ${policy.ok ? Object.keys(policy.value).join(', ') || 'none' : policy.failure.code}${awaited ? ', awaited' : ''}`,
    `Settings: ${JSON.stringify({ behaviour, refreshTogether, remind, keepFresh, sessionDuration, format, region })}`,
    `Sign-in links: ${Object.keys(settings.signInLinks).length}; bindings: ${bindings.length}; second roles: ${chains.length}; logins held: ${logins.length}`,
    '',
    'History, newest first:',
    ...history.map((entry) => historyLine(entry, alias)),
    '',
  ].join('\n');
}

function hostLine(status: HostStatus): string {
  if (status.state === 'ready') return status.host.version;
  return status.state === 'failed' ? status.failure.code : 'not asked yet';
}

/** The same profile is called the same throughout one report. */
function aliases(): (profile: string) => string {
  const known = new Map<string, string>();
  return (profile) => {
    const alias = known.get(profile) ?? `profile ${known.size + 1}`;
    known.set(profile, alias);
    return alias;
  };
}

function historyLine(entry: HistoryEntry, alias: (profile: string) => string): string {
  const { at, what, outcome, accountId, profile, rights, failure, times } = entry;
  return [
    new Date(at).toISOString(),
    what,
    outcome,
    ...(accountId ? [`account …${accountId.slice(-4)}`] : []),
    ...(profile === undefined ? [] : [alias(profile)]),
    ...(rights === undefined ? [] : [rights]),
    ...(failure === undefined ? [] : [failure.code]),
    ...(times > 1 ? [`${times} times`] : []),
  ].join('  ');
}
