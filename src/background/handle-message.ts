import { accountOfArn } from '../core/aws/account-number.ts';
import { sameRole } from '../core/aws/role.ts';
import { failure } from '../core/failure.ts';
import { forbiddenRole, type Policy } from '../core/policy/policy.ts';
import { type BindingKey, isBoundBy } from '../core/profile/binding.ts';
import { formatEnvVars } from '../core/profile/env-vars.ts';
import { failed, ok, type Result } from '../core/result.ts';
import type { Answers, Message } from '../webext/messages.ts';
import { assumeAgain } from './chains/assume-chain.ts';
import { runChain } from './chains/run-chains.ts';
import { deliver } from './delivery/deliver.ts';
import { forgetEverything, forgetRole } from './delivery/forget.ts';
import { dismissExposure } from './host/exposure-notice.ts';
import { refreshHostProfiles } from './host/host-profiles.ts';
import { setCredentialsFile } from './host/host-status.ts';
import { nameRole, obtain, saveMany } from './login/ask-for-role.ts';
import { writeWaiting } from './login/resume.ts';
import { keepLeft, removeLeft } from './profiles/left-profiles.ts';
import { rebind } from './profiles/rebind.ts';
import { renew } from './renewal/renew.ts';
import { bindingRefusal, chainRefusal, readRules } from './rules/binding-refusal.ts';
import { keyOf, unbind } from './rules/bindings.ts';
import { setNamesChange } from './rules/changing-names.ts';
import { endPause } from './rules/pause.ts';
import { readPolicy } from './rules/read-policy.ts';
import { rememberRole } from './rules/role-memory.ts';
import { importSettings, reviewImport } from './settings/import-settings.ts';
import { changeSettings, readSettings } from './settings/settings.ts';
import { exportSettings } from './settings/settings-file.ts';
import { tellSignInLinks } from './settings/sign-in-links.ts';
import { copyDone } from './shown/copy-newest.ts';
import { makeReport } from './shown/report.ts';
import { forgetRuns } from './state/chain-runs.ts';
import { readChains, removeChain, setChain } from './state/chains.ts';
import { tellChanged } from './state/changes.ts';
import { clearHistory } from './state/history.ts';
import { profileWith } from './state/login.ts';
import { readLogins } from './state/login-store.ts';
import { reportTrouble } from './state/trouble.ts';

type Handlers = { [T in Message['type']]: (message: Extract<Message, { type: T }>) => Promise<Answers[T]> };

const handlers: Handlers = {
  obtain: ({ loginId, role }) => obtain(loginId, role),
  'name-role': ({ loginId, role }) => nameRole(loginId, role),
  save: ({ type, loginId, role, ...order }) => deliver(loginId, role, order),
  'save-many': ({ loginId, roles }) => saveMany(loginId, roles),
  'set-names-change': ({ issuer, change }) => done(setNamesChange(issuer, change)),
  'wish-duration': wishDuration,
  'rename-binding': renameBinding,
  'remove-binding': ({ role, ...from }) => done(unbind(keyOf(from, role))),
  'remove-left': ({ profile }) => removeLeft(profile),
  'keep-left': ({ profile }) => done(keepLeft(profile)),
  'change-settings': ({ settings }) => done(changeSettings(settings)),
  'set-chain': makeChain,
  'remove-chain': ({ profile }) => done(dropChain(profile)),
  renew: ({ issuer }) => renew(issuer),
  'export-settings': exportSettings,
  'review-import': ({ json }) => reviewImport(json),
  'import-settings': ({ json, accepted }) => importSettings(json, accepted),
  'set-credentials-file': moveCredentialsFile,
  'dismiss-exposure': () => done(dismissExposure()),
  'clear-history': () => done(clearHistory()),
  report: async () => ok(await makeReport(Date.now())),
  'copied-newest': () => done(copyDone()),
  'forget-role': ({ loginId, role }) => forgetRole(loginId, role),
  'forget-everything': forgetEverything,
  'write-again': async () => ok(undefined),
  'env-vars': envVars,
  'chain-env-vars': chainEnvVars,
};

/** After these the host may know other sign-in links than the person has set. */
const changingLinks: readonly Message['type'][] = [
  'save',
  'save-many',
  'rename-binding',
  'remove-binding',
  'change-settings',
  'set-chain',
  'remove-chain',
  'import-settings',
];

/** With these the person has logins written again after everything was forgotten. */
const endingPause: readonly Message['type'][] = [
  'save',
  'save-many',
  'obtain',
  'name-role',
  'renew',
  'write-again',
];

/** Does what popup and options ask. */
export async function handleMessage<M extends Message>(message: M): Promise<Answers[M['type']]> {
  const handler = handlers[message.type] as (message: M) => Promise<Answers[M['type']]>;
  const wasPaused = endingPause.includes(message.type) && (await endPause());
  const answer = await handler(message);
  if (wasPaused) writeWaiting().catch(reportTrouble);
  if (changingLinks.includes(message.type)) tellSignInLinks().catch(reportTrouble);
  tellChanged();
  return answer;
}

async function done(work: Promise<void>): Promise<Result<void>> {
  await work;
  return ok(undefined);
}

async function wishDuration({
  loginId,
  role,
  seconds,
}: Extract<Message, { type: 'wish-duration' }>): Promise<Result<void>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  if (login === undefined) return failed(failure('credentials-expired'));
  await rememberRole(login.issuer, role, { wish: seconds });
  return ok(undefined);
}

async function renameBinding({
  role,
  profile,
  sessionName,
  old,
  ...from
}: Extract<Message, { type: 'rename-binding' }>): Promise<Result<void>> {
  const key = keyOf(from, role);
  const refusal = bindingRefusal({ ...key, sessionName }, { profile }, await readRules());
  if (refusal !== undefined) return failed(refusal);
  await rebind([{ ...key, profile, sessionName }], old);
  // How that goes is in the view: second roles wait for AWS.
  if (old === 'move') writeRenamed(key, profile).catch(reportTrouble);
  return ok(undefined);
}

/** Writes under its new name what is in the file under the old one, so that the old one can go. */
async function writeRenamed(key: BindingKey, profile: string): Promise<void> {
  if ((await readSettings()).behaviour === 'never') return;
  for (const login of await readLogins()) {
    for (const session of login.sessions) {
      const isMeant = isBoundBy(keyOf(login, session.role), key);
      if (!isMeant || profileWith(session) === undefined) continue;
      await deliver(login.id, session.role, { profile, byBinding: true });
    }
  }
}

async function makeChain({ type, ...chain }: Extract<Message, { type: 'set-chain' }>): Promise<Result<void>> {
  const refusal = await chainRefusal(chain);
  if (refusal !== undefined) return failed(refusal);
  const { source, roleArn, profile } = chain;
  const isSet = (await readChains()).some(
    (one) => one.profile === profile && one.roleArn === roleArn && one.source === source,
  );
  await setChain(chain);
  // Tried again, what was written before is still known to be in the file.
  if (!isSet) await forgetRuns(profile);
  // How that goes is in the view: AWS may take its time.
  runChain(chain).catch(reportTrouble);
  return ok(undefined);
}

async function dropChain(profile: string): Promise<void> {
  await removeChain(profile);
  await forgetRuns(profile);
}

async function moveCredentialsFile({
  from,
  path,
}: Extract<Message, { type: 'set-credentials-file' }>): Promise<Result<void>> {
  const moved = await setCredentialsFile(from, path);
  if (moved.ok) await refreshHostProfiles();
  return moved;
}

async function envVars({
  loginId,
  role,
  format,
}: Extract<Message, { type: 'env-vars' }>): Promise<Result<string>> {
  const policy = await copyingPolicy();
  if (!policy.ok) return policy;
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (session?.step !== 'ready' || session.credentials === undefined || Date.now() >= session.endsAt) {
    return failed(failure('credentials-expired'));
  }
  const forbidden = forbiddenRole(policy.value, login?.issuer ?? '', role);
  if (forbidden !== undefined) return failed(forbidden);
  await changeSettings({ format });
  const account = accountOfArn(session.principalArn);
  return formatEnvVars(session.credentials, session.region, format, account);
}

async function chainEnvVars({
  profile,
  format,
}: Extract<Message, { type: 'chain-env-vars' }>): Promise<Result<string>> {
  const policy = await copyingPolicy();
  if (!policy.ok) return policy;
  const assumed = await assumeAgain(profile);
  if (!assumed.ok) return assumed;
  await changeSettings({ format });
  const { write, region } = assumed.value;
  return formatEnvVars(write.credentials, region, format, accountOfArn(write.principalArn));
}

/** The policy, where it lets anything be copied. */
async function copyingPolicy(): Promise<Result<Policy>> {
  const policy = await readPolicy();
  return policy.ok && policy.value.copyButton === false ? failed(failure('policy-no-copy')) : policy;
}
