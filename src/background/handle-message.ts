import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import type { Answers, Message } from '../webext/messages.ts';
import { dropChain, makeChain } from './chains/make-chain.ts';
import { acceptName } from './delivery/accept-name.ts';
import { deliver } from './delivery/deliver.ts';
import { forgetEverything, forgetRole } from './delivery/forget.ts';
import { dismissExposure } from './host/exposure-notice.ts';
import { refreshHostProfiles } from './host/host-profiles.ts';
import { setCredentialsFile } from './host/host-status.ts';
import { nameRole, obtain, saveMany } from './login/ask-for-role.ts';
import { writeWaiting } from './login/resume.ts';
import { makeLesser } from './on-demand/make-lesser.ts';
import { makeOnDemand } from './on-demand/make-on-demand.ts';
import { removeOnDemand } from './on-demand/remove-on-demand.ts';
import { renameProfile } from './on-demand/rename-on-demand.ts';
import { changeRegion, replaceRegion } from './profiles/change-region.ts';
import { keepLeft, removeLeft } from './profiles/left-profiles.ts';
import { renew } from './renewal/renew.ts';
import { keyOf, unbind } from './rules/bindings.ts';
import { setNamesChange } from './rules/changing-names.ts';
import { endPause } from './rules/pause.ts';
import { rememberRole } from './rules/role-memory.ts';
import { declineLink } from './settings/declined-links.ts';
import { forgetIssuer } from './settings/forget-issuer.ts';
import { importSettings, reviewImport } from './settings/import-settings.ts';
import { declineNames } from './settings/names-permission.ts';
import { changeSettings } from './settings/settings.ts';
import { exportSettings } from './settings/settings-file.ts';
import { tellSignInLinks } from './settings/sign-in-links.ts';
import { copyDone } from './shown/copy-newest.ts';
import { chainEnvVars, envVars } from './shown/env-vars.ts';
import { makeReport } from './shown/report.ts';
import { tellChanged } from './state/changes.ts';
import { forgetFoundName } from './state/found-names.ts';
import { clearHistory } from './state/history.ts';
import { readLogins } from './state/login-store.ts';
import type { Memory } from './state/memory.ts';
import { reportTrouble } from './state/trouble.ts';

type Handlers = {
  [T in Message['type']]: (memory: Memory, message: Extract<Message, { type: T }>) => Promise<Answers[T]>;
};

const handlers: Handlers = {
  obtain: (memory, { loginId, role }) => obtain(memory, loginId, role),
  'name-role': (memory, { loginId, role }) => nameRole(memory, loginId, role),
  save,
  'add-lesser': (memory, { type, ...lesser }) => makeLesser(memory, lesser),
  'save-many': (memory, { loginId, roles }) => saveMany(memory, loginId, roles),
  'accept-name': (memory, { type, ...names }) => acceptName(memory, names),
  'set-region': (memory, { role, region, ...from }) => changeRegion(memory, keyOf(from, role), region),
  'make-on-demand': (memory, { loginId, roles }) => makeOnDemand(memory, loginId, roles),
  'remove-on-demand': (memory, { profiles }) => removeOnDemand(memory, profiles),
  'decline-link': (memory, { issuer }) => done(declineLink(memory, issuer)),
  'forget-issuer': (memory, { issuer }) => done(forgetIssuer(memory, issuer)),
  'set-names-change': (memory, { issuer, change }) => done(setNamesChange(memory, issuer, change)),
  'wish-duration': wishDuration,
  'rename-binding': (memory, { role, profile, sessionName, old, ...from }) =>
    renameProfile(memory, { ...keyOf(from, role), profile, sessionName }, old),
  'remove-binding': (memory, { role, ...from }) => done(unbind(memory, keyOf(from, role))),
  'remove-left': (memory, { profile }) => removeLeft(memory, profile),
  'keep-left': (memory, { profile }) => done(keepLeft(memory, profile)),
  'change-settings': (memory, { settings }) => done(changeSettings(memory, settings)),
  'forget-account-name': (memory, { accountId }) => done(forgetFoundName(memory, accountId)),
  'decline-names': (memory) => done(declineNames(memory)),
  'set-chain': (memory, { type, ...chain }) => makeChain(memory, chain),
  'remove-chain': (memory, { profile }) => done(dropChain(memory, profile)),
  renew: (memory, { issuer }) => renew(memory, issuer),
  'export-settings': exportSettings,
  'review-import': (memory, { json }) => reviewImport(memory, json),
  'import-settings': (memory, { json, accepted }) => importSettings(memory, json, accepted),
  'set-credentials-file': moveCredentialsFile,
  'dismiss-exposure': (memory) => done(dismissExposure(memory)),
  'clear-history': (memory) => done(clearHistory(memory)),
  report: async (memory) => ok(await makeReport(memory, Date.now())),
  'copied-newest': (memory) => done(copyDone(memory)),
  'forget-role': (memory, { loginId, role }) => forgetRole(memory, loginId, role),
  'forget-everything': forgetEverything,
  'write-again': async () => ok(undefined),
  'env-vars': (memory, { loginId, role, format }) => envVars(memory, loginId, role, format),
  'chain-env-vars': (memory, { profile, format }) => chainEnvVars(memory, profile, format),
};

/** After these the host may know other sign-in links than the user has set. */
const changingLinks: readonly Message['type'][] = [
  'save',
  'add-lesser',
  'save-many',
  'make-on-demand',
  'remove-on-demand',
  'rename-binding',
  'remove-binding',
  'forget-issuer',
  'change-settings',
  'set-chain',
  'remove-chain',
  'import-settings',
];

/** With these the user has logins written again after everything was forgotten. */
const endingPause: readonly Message['type'][] = [
  'save',
  'add-lesser',
  'save-many',
  'make-on-demand',
  'accept-name',
  'obtain',
  'name-role',
  'renew',
  'write-again',
];

/** Does what popup and options ask. */
export async function handleMessage<M extends Message>(
  memory: Memory,
  message: M,
): Promise<Answers[M['type']]> {
  const handler = handlers[message.type] as (memory: Memory, message: M) => Promise<Answers[M['type']]>;
  const wasPaused = endingPause.includes(message.type) && (await endPause(memory));
  const answer = await handler(memory, message);
  if (wasPaused) writeWaiting(memory).catch(reportTrouble(memory));
  if (changingLinks.includes(message.type)) tellSignInLinks(memory).catch(reportTrouble(memory));
  tellChanged(memory);
  return answer;
}

async function done(work: Promise<void>): Promise<Result<void>> {
  await work;
  return ok(undefined);
}

/** A region that the user typed in place of the one in the config file is meant to replace it. */
async function save(
  memory: Memory,
  { type, loginId, role, ...order }: Extract<Message, { type: 'save' }>,
): Promise<Result<void>> {
  const saved = await deliver(memory, loginId, role, order);
  return saved.ok && order.region !== undefined ? replaceRegion(memory, order.profile, order.region) : saved;
}

async function wishDuration(
  memory: Memory,
  { loginId, role, seconds }: Extract<Message, { type: 'wish-duration' }>,
): Promise<Result<void>> {
  const login = (await readLogins(memory)).find(({ id }) => id === loginId);
  if (login === undefined) return failed(failure('credentials-expired'));
  await rememberRole(memory, login.issuer, role, { wish: seconds });
  return ok(undefined);
}

async function moveCredentialsFile(
  memory: Memory,
  { from, path }: Extract<Message, { type: 'set-credentials-file' }>,
): Promise<Result<void>> {
  const moved = await setCredentialsFile(memory, from, path);
  if (moved.ok) await refreshHostProfiles(memory);
  return moved;
}
