import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browser } from '../../webext/browser.ts';
import type { ImportChange, ImportReview } from '../../webext/messages.ts';
import { rebind } from '../profiles/rebind.ts';
import { readOwnBindings } from '../rules/bindings.ts';
import { readPolicy } from '../rules/policy.ts';
import { forgetRuns } from '../state/chain-runs.ts';
import { readChains, removeChain, setChain } from '../state/chains.ts';
import { type Proposal, proposalsOf, readHere } from './import-review.ts';
import { changeSettings, readChosenSettings } from './settings.ts';
import { readSettingsFile } from './settings-file.ts';

/**
 * What a file of settings would change here; nothing is changed. Failures: `import-refused`, `policy-no-imports`,
 * `policy-invalid`.
 */
export async function reviewImport(json: string): Promise<Result<ImportReview>> {
  const read = await review(json);
  if (!read.ok) return read;
  const { changes, hostFailure } = read.value;
  return ok({
    changes: changes.map(({ shown }) => shown),
    ...(hostFailure === undefined ? {} : { hostFailure }),
  });
}

/**
 * Takes over those changes of a file that the person said yes to, by their ids: all of them, or none where one is not
 * any more as it was shown. Failures: as above; `import-changed`, `unexpected`.
 */
export async function importSettings(json: string, accepted: readonly string[]): Promise<Result<void>> {
  const read = await review(json);
  if (!read.ok) return read;
  const ids = new Set(accepted);
  const taken = read.value.changes.filter(({ shown }) => ids.has(shown.id));
  const isWhole = taken.every(({ shown: { needs, refusal } }) => {
    return refusal === undefined && (needs === undefined || ids.has(needs));
  });
  if (taken.length !== ids.size || !isWhole) return failed(failure('import-changed'));
  const puts = taken.map(({ put }) => put);
  const wantsToKnow = puts.some(({ settings }) => settings?.keepFresh);
  if (wantsToKnow && !(await browser.permissions.contains({ permissions: ['idle'] }))) {
    const reason = 'keeping fresh needs the permission to know whether somebody is at this machine';
    return failed(failure('import-refused', { reason }));
  }
  return putAll(puts);
}

type Put = Proposal['put'];

/** Puts all in place. What cannot be stored as a whole is as it was. */
async function putAll(puts: readonly Put[]): Promise<Result<void>> {
  const [settings, bindings, chains] = await Promise.all([
    readChosenSettings(),
    readOwnBindings(),
    readChains(),
  ]);
  try {
    await putSettings(puts);
    await putChains(puts);
    await rebind(puts.flatMap(({ binding }) => binding ?? []));
    return ok(undefined);
  } catch {
    await browser.storage.local.set({ settings, bindings, chains });
    return failed(failure('unexpected', { where: "the browser's storage" }));
  }
}

async function putSettings(puts: readonly Put[]): Promise<void> {
  const before = await readChosenSettings();
  const given = puts.flatMap(({ settings }) => settings ?? []);
  const accounts = Object.assign({}, before.accounts, ...given.map((one) => one.accounts));
  const signInLinks = Object.assign({}, before.signInLinks, ...given.map((one) => one.signInLinks));
  if (given.length > 0) await changeSettings(Object.assign({}, ...given, { accounts, signInLinks }));
}

/** Before the bindings, so that a second role goes along with a source that is given another name. */
async function putChains(puts: readonly Put[]): Promise<void> {
  // Whose second role the profile was before, that no longer knows of it.
  const given = new Set(puts.map(({ binding }) => binding?.profile));
  const lost = (await readChains()).filter(({ profile }) => given.has(profile));
  await Promise.all([
    ...lost.map(({ profile }) => removeChain(profile)),
    ...puts.map(({ chain }) => chain && setChain(chain)),
  ]);
  await forgetRuns(...puts.flatMap(({ binding, chain }) => (binding ?? chain)?.profile ?? []));
}

/** What is shown of a change, and what it puts in place. */
interface Reviewed {
  shown: ImportChange;
  put: Put;
}

async function review(
  json: string,
): Promise<Result<Pick<ImportReview, 'hostFailure'> & { changes: Reviewed[] }>> {
  const policy = await readPolicy();
  if (!policy.ok) return policy;
  if (policy.value.forbidImports) return failed(failure('policy-no-imports'));
  const file = readSettingsFile(json);
  if (!file.ok) return file;
  const here = await readHere();
  const proposals = await Promise.all(
    proposalsOf(file.value, here).map(async (proposal) => ({ proposal, id: await idOf(proposal) })),
  );
  const bindingIds = new Map(
    proposals.flatMap(({ id, proposal: { put } }) => (put.binding ? [[put.binding.profile, id]] : [])),
  );
  const changes = proposals.map(({ id, proposal: { put, needsProfile, ...shown } }): Reviewed => {
    const needs = needsProfile === undefined ? undefined : bindingIds.get(needsProfile);
    return { shown: { id, ...shown, ...(needs === undefined ? {} : { needs }) }, put };
  });
  return ok({ changes, ...(here.files.ok ? {} : { hostFailure: here.files.failure }) });
}

/** A hash of all that is shown of a change and of what it does, so that no other one can take its place. */
async function idOf(proposal: Proposal): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(proposal));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
